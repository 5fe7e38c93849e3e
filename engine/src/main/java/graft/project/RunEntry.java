package graft.project;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A run as the project remembers it.
 *
 * @param folder the run folder
 * @param created date and time, ISO 8601
 * @param status {@code running}, {@code finished}, {@code stopped}, {@code interrupted} or {@code failed}; a run whose process was killed stays
 *     {@code running}
 * @param valAccuracy 0…1; null until finished, and where the score is another
 * @param valScore what {@code metric} is; null until finished
 * @param metric {@code accuracy} where answers are classes
 * @param note of the user
 * @param tags of the user, comma-separated
 * @param plan as it was saved with the run
 * @param name that the user gave it; "" = none
 * @param starred whether it is one of the user's favourites
 * @param pinned whether it stands above the others
 */
public record RunEntry(
        long id,
        String folder,
        String created,
        String status,
        String network,
        String data,
        Double valAccuracy,
        Double valScore,
        String metric,
        String note,
        String tags,
        JsonNode plan,
        String name,
        boolean starred,
        boolean pinned) {

    /** The same with its plan written otherwise. */
    public RunEntry withPlan(JsonNode written) {
        return new RunEntry(
                id,
                folder,
                created,
                status,
                network,
                data,
                valAccuracy,
                valScore,
                metric,
                note,
                tags,
                written,
                name,
                starred,
                pinned);
    }
}
