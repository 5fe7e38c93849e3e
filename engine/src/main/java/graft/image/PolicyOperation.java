package graft.image;

/** What TrivialAugment and RandAugment draw from, in the order of torchvision; each does to a picture what Pillow does. */
enum PolicyOperation {
    IDENTITY(false) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return picture;
        }
    },
    SHEAR_X(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            // About the corner, not the middle.
            return new Warp(1, magnitude, magnitude * (picture.height() - 1) / 2.0, 0, 1, 0).of(picture);
        }
    },
    SHEAR_Y(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return new Warp(1, 0, 0, magnitude, 1, magnitude * (picture.width() - 1) / 2.0).of(picture);
        }
    },
    TRANSLATE_X(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return new Warp(1, 0, -(int) magnitude, 0, 1, 0).of(picture);
        }
    },
    TRANSLATE_Y(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return new Warp(1, 0, 0, 0, 1, -(int) magnitude).of(picture);
        }
    },
    ROTATE(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return Warp.rotation(-magnitude).of(picture);
        }
    },
    BRIGHTNESS(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return Tones.blend(new byte[picture.pixels().length], picture, 1 + magnitude);
        }
    },
    COLOR(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return Tones.blend(Tones.grey(picture), picture, 1 + magnitude);
        }
    },
    CONTRAST(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return Tones.blend(Tones.mean(picture), picture, 1 + magnitude);
        }
    },
    SHARPNESS(true) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return Tones.blend(Tones.smooth(picture), picture, 1 + magnitude);
        }
    },
    POSTERIZE(false) {
        @Override
        Picture of(Picture picture, double magnitude) {
            int mask = -1 << 8 - (int) magnitude;
            return Tones.each(picture, (band, value) -> value & mask);
        }
    },
    SOLARIZE(false) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return Tones.each(picture, (band, value) -> value < magnitude ? value : 255 - value);
        }
    },
    AUTO_CONTRAST(false) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return Tones.stretched(picture);
        }
    },
    EQUALIZE(false) {
        @Override
        Picture of(Picture picture, double magnitude) {
            return Tones.equalized(picture);
        }
    };

    private final boolean signed;

    PolicyOperation(boolean signed) {
        this.signed = signed;
    }

    /** Whether half of the views go the other way. */
    boolean isSigned() {
        return signed;
    }

    abstract Picture of(Picture picture, double magnitude);
}
