package graft.app.memory;

import graft.Refusal;
import graft.files.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Everything that is remembered.
 *
 * @param panel jobs, log and problems
 * @param screen the layout that was shown last
 * @param setups what was worked with, the latest first; the first is what was open
 * @param data and {@code networks}: what was opened in this project, the latest first
 */
public record Memory(
        Preferences preferences,
        Place place,
        PanelPlace panel,
        String screen,
        List<Setup> setups,
        List<Opened> data,
        List<Opened> networks) {
    private static final int MOST = 12;

    public static final Memory NONE =
            new Memory(Preferences.USUAL, Place.UNKNOWN, PanelPlace.CLOSED, "welcome", List.of(), List.of(), List.of());

    /** Files of another version of Graft may not say everything. */
    public Memory {
        preferences = Objects.requireNonNullElse(preferences, Preferences.USUAL);
        place = Objects.requireNonNullElse(place, Place.UNKNOWN);
        panel = Objects.requireNonNullElse(panel, PanelPlace.CLOSED);
        screen = Objects.requireNonNullElse(screen, "welcome");
        setups = setups == null ? List.of() : List.copyOf(setups);
        data = data == null ? List.of() : List.copyOf(data);
        networks = networks == null ? List.of() : List.copyOf(networks);
    }

    /**
     * What a file says; nothing where it is not there.
     *
     * @throws Refusal where it cannot be read
     */
    public static Memory read(Path file) {
        return Files.exists(file) ? Objects.requireNonNullElse(Json.read(file, Memory.class), NONE) : NONE;
    }

    public Memory with(Preferences other) {
        return new Memory(other, place, panel, screen, setups, data, networks);
    }

    public Memory with(Place other) {
        return new Memory(preferences, other, panel, screen, setups, data, networks);
    }

    public Memory with(PanelPlace other) {
        return new Memory(preferences, place, other, screen, setups, data, networks);
    }

    public Memory withScreen(String other) {
        return new Memory(preferences, place, panel, other, setups, data, networks);
    }

    /** A set-up takes the place of an earlier one of the same data. */
    public Memory with(Setup latest) {
        return new Memory(
                preferences,
                place,
                panel,
                screen,
                first(latest, setups, setup -> setup.isOf(latest.data())),
                data,
                networks);
    }

    public Memory without(Setup setup) {
        return new Memory(preferences, place, panel, screen, without(setups, setup::equals), data, networks);
    }

    /** What is opened keeps its place in the list, and the name that the user gave it. */
    public Memory withData(Opened opened) {
        return new Memory(preferences, place, panel, screen, setups, noted(opened, data), networks);
    }

    public Memory withNetwork(Opened opened) {
        return new Memory(preferences, place, panel, screen, setups, data, noted(opened, networks));
    }

    public Memory withData(List<Opened> other) {
        return new Memory(preferences, place, panel, screen, setups, other, networks);
    }

    public Memory withNetworks(List<Opened> other) {
        return new Memory(preferences, place, panel, screen, setups, data, other);
    }

    /** The same with its places written otherwise. */
    Memory at(UnaryOperator<Path> places) {
        return new Memory(
                preferences,
                place,
                panel,
                screen,
                setups.stream().map(setup -> setup.at(places)).toList(),
                data.stream().map(opened -> opened.at(places)).toList(),
                networks.stream().map(opened -> opened.at(places)).toList());
    }

    private static List<Opened> noted(Opened opened, List<Opened> list) {
        List<Opened> out = new ArrayList<>(list);
        for (int i = 0; i < out.size(); i++) {
            if (out.get(i).file().equals(opened.file())) {
                out.set(i, out.get(i).withHeadline(opened.headline()));
                return out;
            }
        }
        return first(opened, list, other -> false);
    }

    private static <T> List<T> first(T latest, List<T> list, Predicate<T> same) {
        List<T> out = without(list, same);
        out.add(0, latest);
        return out.subList(0, Math.min(MOST, out.size()));
    }

    private static <T> List<T> without(List<T> list, Predicate<T> which) {
        List<T> out = new ArrayList<>(list);
        out.removeIf(which);
        return out;
    }
}
