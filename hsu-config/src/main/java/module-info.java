/** The YAML that HSU process managers read. Begin at {@link io.hsu.config.HsuConfig}. */
module io.hsu.config {
    requires transitive io.hsu.core;
    requires org.snakeyaml.engine;

    exports io.hsu.config;
}
