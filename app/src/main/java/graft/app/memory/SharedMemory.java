package graft.app.memory;

/** The part of the memory that is the same whatever project is open: preferences, and where the window and its panel stand. */
record SharedMemory(Preferences preferences, Place place, PanelPlace panel) {
    static SharedMemory of(Memory memory) {
        return new SharedMemory(memory.preferences(), memory.place(), memory.panel());
    }

    Memory in(Memory own) {
        return new Memory(preferences, place, panel, own.screen(), own.setups(), own.data(), own.networks());
    }
}
