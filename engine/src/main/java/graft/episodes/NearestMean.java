package graft.episodes;

import java.util.Arrays;
import java.util.List;

/**
 * Asks which class is nearest.
 *
 * @param known rows of the examples that classes are known by
 * @param asked rows of those that are asked about
 */
public record NearestMean(float[][] known, float[][] asked, EpisodePlan plan) {

    public EpisodeScore over(List<EpisodeDraw.Episode> episodes) {
        return EpisodeScore.of(episodes.stream().mapToDouble(this::accuracy).toArray());
    }

    public double accuracy(EpisodeDraw.Episode episode) {
        float[][][] support = Arrays.stream(episode.support())
                .map(numbers -> Arrays.stream(numbers).mapToObj(i -> known[i]).toArray(float[][]::new))
                .toArray(float[][][]::new);
        Nearness nearness = Nearness.of(support, plan);
        int right = 0;
        int count = 0;
        for (int c = 0; c < support.length; c++) {
            for (int query : episode.queries()[c]) {
                right += Nearness.nearest(nearness.to(asked[query])) == c ? 1 : 0;
                count++;
            }
        }
        return (double) right / count;
    }
}
