package graft.cli;

import graft.Refusal;
import graft.run.Recipes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a recipe. */
final class RecipeArgument implements ITypeConverter<String> {
    @Override
    public String convert(String typed) {
        try {
            return Recipes.named(typed.strip()).name();
        } catch (Refusal e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
