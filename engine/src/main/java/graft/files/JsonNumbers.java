package graft.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** JSON has no NaN and no infinity: such a number is written as null, and a null is read as NaN, never as 0. */
final class JsonNumbers {
    static final SimpleModule MODULE = new SimpleModule()
            .addSerializer(Double.class, new Numbers<>())
            .addSerializer(double.class, new Numbers<>())
            .addSerializer(Float.class, new Numbers<>())
            .addSerializer(float.class, new Numbers<>())
            .addSerializer(double[].class, new Doubles())
            .addSerializer(float[].class, new Floats())
            .addDeserializer(double.class, new NullIsNaN());

    private JsonNumbers() {}

    private static final class Numbers<T extends Number> extends JsonSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider context) throws IOException {
            if (!Double.isFinite(value.doubleValue())) {
                out.writeNull();
            } else if (value instanceof Float) {
                out.writeNumber(value.floatValue());
            } else {
                out.writeNumber(value.doubleValue());
            }
        }
    }

    private static final class Doubles extends JsonSerializer<double[]> {
        @Override
        public void serialize(double[] values, JsonGenerator out, SerializerProvider context) throws IOException {
            out.writeStartArray(values, values.length);
            for (double value : values) {
                if (Double.isFinite(value)) {
                    out.writeNumber(value);
                } else {
                    out.writeNull();
                }
            }
            out.writeEndArray();
        }
    }

    private static final class Floats extends JsonSerializer<float[]> {
        @Override
        public void serialize(float[] values, JsonGenerator out, SerializerProvider context) throws IOException {
            out.writeStartArray(values, values.length);
            for (float value : values) {
                if (Float.isFinite(value)) {
                    out.writeNumber(value);
                } else {
                    out.writeNull();
                }
            }
            out.writeEndArray();
        }
    }

    private static final class NullIsNaN extends StdScalarDeserializer<Double> {
        private static final long serialVersionUID = 1L;

        NullIsNaN() {
            super(double.class);
        }

        @Override
        public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return _parseDoublePrimitive(in, context);
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }

        /** What an older version did not write yet is 0, as for every other number. */
        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return 0.0;
        }
    }
}
