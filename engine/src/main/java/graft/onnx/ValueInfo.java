package graft.onnx;

import graft.onnx.proto.OnnxProto.TensorShapeProto;
import graft.onnx.proto.OnnxProto.TypeProto;
import graft.onnx.proto.OnnxProto.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Name, element type and shape of a graph's input, output or inner tensor.
 *
 * @param type empty where the file does not say, or where the value is no tensor
 * @param shape empty where the rank is not known
 */
public record ValueInfo(String name, Optional<ElementType> type, Optional<List<Dim>> shape) {

    /** One axis: a fixed size, or a symbol ({@code "N"}, or "" where the file gives neither). */
    public record Dim(long size, String symbol) {
        public static Dim of(long size) {
            return new Dim(size, "");
        }

        public static Dim free(String symbol) {
            return new Dim(-1, symbol);
        }

        public boolean isFixed() {
            return size >= 0;
        }

        @Override
        public String toString() {
            return isFixed() ? Long.toString(size) : symbol.isEmpty() ? "?" : symbol;
        }
    }

    public static ValueInfo of(String name, ElementType type, Dim... shape) {
        return new ValueInfo(name, Optional.of(type), Optional.of(List.of(shape)));
    }

    /** A value of which only the type is known; ONNX Runtime infers the rest. */
    public static ValueInfo ofType(String name, ElementType type) {
        return new ValueInfo(name, Optional.of(type), Optional.empty());
    }

    /** A value of which nothing is known but its name. */
    public static ValueInfo ofName(String name) {
        return new ValueInfo(name, Optional.empty(), Optional.empty());
    }

    public ValueInfo withShape(List<Dim> shape) {
        return new ValueInfo(name, type, Optional.of(shape));
    }

    public ValueInfo named(String name) {
        return new ValueInfo(name, type, shape);
    }

    static ValueInfo of(ValueInfoProto proto) {
        TypeProto type = proto.getType();
        if (!type.hasTensorType()) {
            return ofName(proto.getName());
        }
        Optional<ElementType> element = type.getTensorType().getElemType() == 0
                ? Optional.empty()
                : Optional.of(ElementType.of(type.getTensorType().getElemType()));
        if (!type.getTensorType().hasShape()) {
            return new ValueInfo(proto.getName(), element, Optional.empty());
        }
        List<Dim> shape = new ArrayList<>();
        for (TensorShapeProto.Dimension dimension :
                type.getTensorType().getShape().getDimList()) {
            shape.add(dimension.hasDimValue() ? Dim.of(dimension.getDimValue()) : Dim.free(dimension.getDimParam()));
        }
        return new ValueInfo(proto.getName(), element, Optional.of(List.copyOf(shape)));
    }

    ValueInfoProto toProto() {
        ValueInfoProto.Builder builder = ValueInfoProto.newBuilder().setName(name);
        type.ifPresent(element -> {
            TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(element.code());
            shape.ifPresent(dims -> {
                TensorShapeProto.Builder shapeBuilder = TensorShapeProto.newBuilder();
                for (Dim dim : dims) {
                    TensorShapeProto.Dimension.Builder d = TensorShapeProto.Dimension.newBuilder();
                    if (dim.isFixed()) {
                        d.setDimValue(dim.size());
                    } else if (!dim.symbol().isEmpty()) {
                        d.setDimParam(dim.symbol());
                    }
                    shapeBuilder.addDim(d);
                }
                tensor.setShape(shapeBuilder);
            });
            builder.setType(TypeProto.newBuilder().setTensorType(tensor));
        });
        return builder.build();
    }
}
