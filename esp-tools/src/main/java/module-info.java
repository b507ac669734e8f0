/** The {@code esp} command: its subcommands, the SA file, and the formats of other tools. */
module io.esp4j.tools {
    requires io.esp4j.core;
    requires io.esp4j.io;
    requires io.esp4j.offload;
    requires info.picocli;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires me.tongfei.progressbar;
    requires java.management;
    requires jdk.management;
    requires org.knowm.xchart;

    opens io.esp4j.tools to
            info.picocli;
    opens io.esp4j.tools.bench to
            info.picocli;
    opens io.esp4j.tools.demo to
            info.picocli;
    opens io.esp4j.tools.exchange to
            info.picocli;
    opens io.esp4j.tools.offload to
            info.picocli;
    opens io.esp4j.tools.packet to
            info.picocli;
    opens io.esp4j.tools.selftest to
            info.picocli;
    opens io.esp4j.tools.terminal to
            info.picocli;
}
