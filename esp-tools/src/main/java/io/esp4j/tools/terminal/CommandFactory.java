package io.esp4j.tools.terminal;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes commands for picocli: those that have a constructor with a {@link Terminal} get this one. Threads: immutable.
 *
 * @param terminal where the commands write
 */
public record CommandFactory(Terminal terminal) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (var constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Terminal.class) {
                return type.cast(constructor.newInstance(terminal));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
