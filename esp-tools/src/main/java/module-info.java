/** The esp command. */
module io.esp4j.tools {
    requires io.esp4j.core;
    requires io.esp4j.io;
    requires io.esp4j.offload;
    requires info.picocli;
    requires com.fasterxml.jackson.databind;
}
