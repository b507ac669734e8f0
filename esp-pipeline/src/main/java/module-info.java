/** Many workers on one SA: order, steering and a pipeline of threads around the dataplane. */
module io.esp4j.pipeline {
    requires transitive io.esp4j.core;
    requires org.jctools.core;

    exports io.esp4j.pipeline;
    exports io.esp4j.steering;
}
