package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlacementTest {
    private static Outline outline(int boxes, int... ends) {
        List<Outline.Box> out = new ArrayList<>();
        for (int i = 0; i < boxes; i++) {
            out.add(new Outline.Box(
                    "box " + i,
                    Outline.Role.OPERATOR,
                    "Op",
                    "Op",
                    "",
                    List.of(),
                    0,
                    Set.of("t" + i),
                    false,
                    List.of()));
        }
        List<Outline.Arrow> arrows = new ArrayList<>();
        for (int i = 0; i < ends.length; i += 2) {
            arrows.add(new Outline.Arrow(ends[i], ends[i + 1]));
        }
        return new Outline(List.copyOf(out), List.copyOf(arrows));
    }

    private static Outline chain(int boxes) {
        int[] ends = new int[2 * (boxes - 1)];
        for (int i = 1; i < boxes; i++) {
            ends[2 * i - 2] = i - 1;
            ends[2 * i - 1] = i;
        }
        return outline(boxes, ends);
    }

    /** Box 2 reads 0 directly and through 1; 3 is a constant that 4 reads. */
    private static Outline skip() {
        return outline(5, 0, 1, 1, 2, 0, 2, 2, 4, 3, 4);
    }

    private static Outline random(int boxes, int arrows) {
        Random random = new Random(7);
        Set<Outline.Arrow> out = new java.util.LinkedHashSet<>();
        while (out.size() < arrows) {
            int to = 1 + random.nextInt(boxes - 1);
            out.add(new Outline.Arrow(Math.max(0, to - 1 - random.nextInt(60)), to));
        }
        return new Outline(outline(boxes).boxes(), List.copyOf(out));
    }

    @Test
    void aBoxStandsRightAboveItsFirstReader() {
        Ranks ranks = Ranks.of(skip());
        assertThat(ranks.of()).containsExactly(0, 1, 2, 2, 3);
        assertThat(ranks.crossed()).isEqualTo(1);
        assertThat(ranks.rows()).isEqualTo(4);
    }

    /** Barlow and others 1972: the solution of 1, 3, 2, 4, 3.5, 5 pools the pairs that fall to their means. */
    @Test
    void theNearestRisingSequencePoolsWhatFalls() {
        assertThat(SimplePlacement.rising(new double[] {1, 3, 2, 4, 3.5, 5}, new double[] {1, 1, 1, 1, 1, 1}))
                .containsExactly(new double[] {1, 2.5, 2.5, 3.75, 3.75, 5}, within(1e-12));
        assertThat(SimplePlacement.rising(new double[] {3, 2, 1}, new double[] {1, 1, 1}))
                .containsExactly(2, 2, 2);
        assertThat(SimplePlacement.rising(new double[] {4, 1}, new double[] {1, 3}))
                .containsExactly(1.75, 1.75);
    }

    /** 2 and 4 are constants that 3 and 5 of the chain 0, 1, 3, 5 read. */
    @Test
    void constantsGiveWayToWhatIsComputed() {
        Outline outline = outline(6, 0, 1, 1, 3, 2, 3, 3, 5, 4, 5);
        GraphLayout layout = SimplePlacement.of(outline, Ranks.of(outline));
        double chain = layout.boxes().get(5).getMinX();
        assertThat(layout.boxes().get(1).getMinX()).isCloseTo(chain, within(1.0));
        assertThat(layout.boxes().get(3).getMinX()).isCloseTo(chain, within(1.0));
    }

    @Test
    void aChainIsOneStraightColumn() {
        GraphLayout layout = SimplePlacement.of(chain(50), Ranks.of(chain(50)));
        assertThat(layout.boxes()).extracting(Rectangle2D::getMinX).containsOnly(0.0);
        assertThat(layout.arrows()).allMatch(points -> points.size() == 2);
        assertThat(layout.height()).isEqualTo(50 * 24 + 49 * GraphLayout.GAP);
        assertThat(layout.simple()).isTrue();
    }

    @Test
    void anArrowThatPassesABoxGoesBesideIt() {
        GraphLayout layout = SimplePlacement.of(skip(), Ranks.of(skip()));
        List<Point2D> around = layout.arrows().get(2);
        Rectangle2D passed = layout.boxes().get(1);
        assertThat(around).hasSize(6);
        assertThat(around.get(2).getX()).isGreaterThan(passed.getMaxX());
        assertThat(around.get(2).getY()).isLessThanOrEqualTo(passed.getMinY());
        assertThat(around.get(3).getY()).isGreaterThanOrEqualTo(passed.getMaxY());
    }

    @Test
    @Timeout(20)
    void noTwoBoxesOverlapAndEveryArrowLeadsDown() {
        Outline outline = random(3_000, 6_000);
        GraphLayout layout = GraphLayout.of(outline, () -> false);
        assertThat(layout.simple()).isTrue();
        for (int i = 0; i < layout.boxes().size(); i++) {
            Rectangle2D one = layout.boxes().get(i);
            assertThat(one.getMinX()).isNotNegative();
            for (int j = 0; j < i; j++) {
                if (one.intersects(layout.boxes().get(j))) {
                    throw new AssertionError("boxes " + i + " and " + j + " overlap");
                }
            }
        }
        for (int i = 0; i < outline.arrows().size(); i++) {
            Outline.Arrow arrow = outline.arrows().get(i);
            List<Point2D> points = layout.arrows().get(i);
            assertThat(points.get(0).getY())
                    .isEqualTo(layout.boxes().get(arrow.from()).getMaxY());
            assertThat(points.get(points.size() - 1).getY())
                    .isEqualTo(layout.boxes().get(arrow.to()).getMinY());
            for (int p = 1; p < points.size(); p++) {
                assertThat(points.get(p).getY())
                        .isGreaterThanOrEqualTo(points.get(p - 1).getY());
            }
        }
    }

    @Test
    @Timeout(20)
    void aHundredThousandBoxesAreNoTrouble() {
        GraphLayout layout = GraphLayout.of(chain(100_000), () -> false);
        assertThat(layout.boxes()).hasSize(100_000);
        assertThat(layout.width()).isEqualTo(220);
    }

    /** Of a dozen boxes, and of the layers of a usual network. */
    @Test
    void noClockDecidesHowASmallGraphIsPlaced() {
        assertThat(GraphLayout.patience(12)).isEmpty();
        assertThat(GraphLayout.patience(250)).isEmpty();
        assertThat(GraphLayout.patience(ElkPlacement.LARGEST))
                .hasValueSatisfying(most -> assertThat(most).isGreaterThanOrEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void aGraphIsPlacedAlikeEachTime() {
        Outline outline = random(60, 90);
        assertThat(GraphLayout.of(outline, () -> false).boxes())
                .isEqualTo(GraphLayout.of(outline, () -> false).boxes());
    }

    @Test
    void smallGraphsAreLaidOutByElk() {
        assertThat(GraphLayout.of(skip(), () -> false).simple()).isFalse();
    }

    @Test
    void whatIsNotWantedAnyMoreEndsAtOnce() {
        assertThatThrownBy(() -> ElkPlacement.of(random(700, 1_400), () -> true, Optional.of(Duration.ofMinutes(5))))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void afterTheDeadlineNobodyWaits() {
        assertThat(ElkPlacement.of(random(700, 1_400), () -> false, Optional.of(Duration.ZERO)))
                .isEmpty();
    }
}
