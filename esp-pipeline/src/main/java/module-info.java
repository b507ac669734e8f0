module io.esp4j.pipeline {
    requires transitive io.esp4j.core;
    requires org.jctools.core;

    exports io.esp4j.pipeline;
}
