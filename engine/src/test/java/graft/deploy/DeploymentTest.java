package graft.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import graft.deploy.Deployment.Standing;
import graft.deploy.Deployment.Variant;
import graft.evaluate.ClassEvaluation;
import graft.files.Json;
import graft.judge.Score;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final List<Variant> FORMS = List.of(
            new Variant("fp32", "a", 1000, accuracy(0.900), 1.0, 0.0, null, null, 2.0, 3.0, null, null, ""),
            new Variant("fp16", "b", 500, accuracy(0.900), 1.0, 0.001, null, null, 4.0, 5.0, null, null, ""),
            new Variant("int8-dynamic", "c", 300, accuracy(0.885), 0.97, 0.1, null, null, 1.0, 1.5, null, null, ""),
            new Variant("int8-static", "d", 260, accuracy(0.100), 0.10, null, null, null, 1.0, 1.5, null, null, ""),
            new Variant(
                    "int8-static-per-channel",
                    null,
                    0,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Standing.BROKEN,
                    "broken: no Conv"));

    private static Score accuracy(double value) {
        return Score.share("accuracy", value, null);
    }

    @Test
    void aScoreThatIsNoShareIsLostInPerCentOfItselfWhicheverWayIsBetter() {
        List<Variant> forms = new ArrayList<>();
        double[] errors = {0.200, 0.201, 0.210, 0.190, 0.900};
        for (int i = 0; i < errors.length; i++) {
            Score rmse = new Score("rmse", errors[i], null, false, false);
            forms.add(new Variant(
                    i == 0 ? "fp32" : "form" + i,
                    "f",
                    1000 - i,
                    rmse,
                    null,
                    0.01,
                    null,
                    null,
                    2.0,
                    2.0,
                    null,
                    null,
                    ""));
        }
        Deployment strict = Deployment.of(forms, 1, 40);
        assertThat(strict.recommended()).isEqualTo("form3");
        assertThat(strict.variants())
                .extracting(Variant::standing)
                .containsExactly(Standing.GOOD, Standing.GOOD, Standing.WORSE, Standing.RECOMMENDED, Standing.BROKEN);
        assertThat(strict.variants().get(1).verdict()).startsWith("its rmse is 0.5 % worse, ");
        assertThat(strict.variants().get(2).verdict()).startsWith("its rmse is 5.0 % worse, more than the 1.0 allowed");
        assertThat(strict.variants().get(3).verdict()).startsWith("recommended: its rmse is 5.0 % better");
        assertThat(strict.variants().get(4).verdict()).startsWith("broken: its rmse is 350.0 % worse");
    }

    @Test
    void aVerdictSurvivesItsWayToTheWindow() {
        Deployment deployment = Deployment.of(FORMS, 1, 40);
        assertThat(Json.read(Json.write(deployment), Deployment.class)
                        .variants()
                        .get(2)
                        .accuracy())
                .isEqualTo(0.885);
        assertThat(Json.tree(deployment).get("variants").get(1).get("standing").asText())
                .isEqualTo("RECOMMENDED");
    }

    @Test
    void theWorstClassIsTheOneOfLeastRecallAndClassesWithoutExamplesAreNone() {
        // Truth: three cats, two dogs, no bird. Two cats and one dog are recognised: 2/3 and 1/2.
        ClassEvaluation found =
                ClassEvaluation.of(List.of("cat", "dog", "bird"), new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 2, 1, 0});
        assertThat(WorstClass.of(found)).contains(new WorstClass("dog", 0.5, 2));
    }

    @Test
    void theSmallestFormWithinTheLossIsRecommended() {
        Deployment deployment = Deployment.of(FORMS, 1, 40);
        assertThat(deployment.recommended()).isEqualTo("fp16");
        assertThat(deployment.variants().get(1).verdict())
                .isEqualTo("recommended: loses nothing, 50 % of the size, 2.0 times slower than fp32 on this machine");
        assertThat(deployment.withMaxLoss(1.5).recommended()).isEqualTo("int8-dynamic");
        assertThat(deployment.withMaxLoss(100).recommended()).isEqualTo("int8-static");
        assertThat(deployment.withMaxLoss(1.5).withMaxLoss(1)).isEqualTo(deployment);
    }

    @Test
    void aFormThatLosesNearlyEverythingIsBrokenAndOneThatWasNotMadeStaysSo() {
        Deployment deployment = Deployment.of(FORMS, 1, 40);
        assertThat(deployment.variants().get(3).verdict())
                .startsWith("broken: loses 80.0 points, more than the 1.0 allowed");
        assertThat(deployment.variants().get(4).verdict()).isEqualTo("broken: no Conv");
        assertThat(deployment.withMaxLoss(0).variants().get(4).verdict()).isEqualTo("broken: no Conv");
    }

    private static Variant form(String name, double accuracy, double agreement, Double spread, String always) {
        return new Variant(
                name,
                name,
                name.equals("fp32") ? 1000 : 250,
                accuracy(accuracy),
                agreement,
                spread,
                always,
                null,
                2.0,
                2.0,
                null,
                null,
                "");
    }

    private static Deployment against(Variant form) {
        return Deployment.of(List.of(form("fp32", 0.5, 1, 0.0, null), form), 1, 40);
    }

    @Test
    void theSameAccuracyWithOtherAnswersIsNotNothingLost() {
        Deployment half = against(form("int8-static", 0.5, 0.5, 0.3, null));
        assertThat(half.recommended()).isEqualTo("fp32");
        assertThat(half.variants().get(1).verdict())
                .startsWith(
                        "broken: as accurate, answers 50.0 % of the examples otherwise than fp32 (more than the 6.0 trusted)");
        Deployment few = against(form("int8-static", 0.5, 0.97, 0.3, null));
        assertThat(few.recommended()).isEqualTo("int8-static");
        assertThat(few.variants().get(1).verdict())
                .startsWith("recommended: as accurate, answers 3.0 % of the examples otherwise than fp32, 25 %");
        Deployment some = against(form("int8-static", 0.5, 0.9, 0.3, null));
        assertThat(some.recommended()).isEqualTo("fp32");
        assertThat(some.variants().get(1).verdict()).startsWith("as accurate, answers 10.0 %");
    }

    @Test
    void oneAnswerForEverythingIsBrokenWhateverItsAccuracy() {
        Deployment one = against(form("int8-static", 0.5, 0.96, 0.4, "bee"));
        assertThat(one.recommended()).isEqualTo("fp32");
        assertThat(one.variants().get(1).verdict()).startsWith("broken: as accurate, answers bee for every example");
    }

    @Test
    void errorAsLargeAsWhatTellsExamplesApartIsBrokenWhereAgreementSaysNothing() {
        Deployment both = Deployment.of(
                List.of(form("fp32", 0.5, 1, 0.0, "ant"), form("int8-static", 0.5, 1, 1.2, "ant")), 1, 40);
        assertThat(both.recommended()).isEqualTo("fp32");
        assertThat(both.variants().get(0).verdict()).contains("answers ant for every example");
        assertThat(both.variants().get(1).verdict())
                .startsWith("broken: loses nothing, its outputs are off by 1.20 of what tells examples apart");
        assertThat(against(form("int8-static", 0.5, 1, 0.6, null)).recommended())
                .isEqualTo("fp32");
    }
}
