package graft.cli;

import graft.run.PlanOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A learning rate among several. */
final class RateArgument implements ITypeConverter<Double> {
    @Override
    public Double convert(String typed) {
        try {
            double rate = Double.parseDouble(typed.strip());
            if (PlanOptions.LEARNING_RATE.kind().complaint(rate).isEmpty()) {
                return rate;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new TypeConversionException("'" + typed + "' is no learning rate: a number above 0");
    }
}
