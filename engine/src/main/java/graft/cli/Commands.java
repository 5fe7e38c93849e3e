package graft.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands of {@code graft}, in the order of its help. Looking at the options of all of them takes longer than many a
 * command does, so that only the one that is called is looked at; all are where none is called by its name.
 */
final class Commands {
    private static final List<Class<?>> ALL = List.of(
            DemoCommand.class,
            NetworksCommand.class,
            FetchCommand.class,
            LayersCommand.class,
            ConvertCommand.class,
            EditCommand.class,
            SlimCommand.class,
            UntrainedCommand.class,
            DataCommand.class,
            TrainCommand.class,
            ResumeCommand.class,
            LrFindCommand.class,
            SweepCommand.class,
            PruneCommand.class,
            ExportAdapterCommand.class,
            KeepAdapterCommand.class,
            AddClassCommand.class,
            RunsCommand.class,
            ProjectsCommand.class,
            CacheCommand.class,
            EvaluateCommand.class,
            ScoreCommand.class,
            CalibrateCommand.class,
            ConformalCommand.class,
            SuspectsCommand.class,
            OodCommand.class,
            DomainsCommand.class,
            ExplainCommand.class,
            ResponseCommand.class,
            EpisodesCommand.class,
            RankCommand.class,
            PredictCommand.class,
            EmbedCommand.class,
            NeighboursCommand.class,
            GenerateCommand.class,
            FillCommand.class,
            QuantizeCommand.class,
            DeployCommand.class,
            ClientCodeCommand.class,
            GradcheckCommand.class,
            ConformCommand.class,
            BenchCommand.class,
            HelpCommand.class,
            CompletionCommand.class);

    private Commands() {}

    /** Gives {@code line} the commands that {@code arguments} can mean. */
    static void addTo(CommandLine line, String... arguments) {
        called(arguments)
                .map(List::<Class<?>>of)
                .orElse(ALL)
                .forEach(command -> line.addSubcommand(name(command), command));
    }

    /** Empty where the others are needed too: to be listed, or to look for a similar name. */
    private static Optional<Class<?>> called(String... arguments) {
        return ALL.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .filter(GraftCommand.class::isAssignableFrom)
                .findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Commands::name).toList();
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }
}
