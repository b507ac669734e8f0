def log = new File(basedir, 'build.log').text
assert log.contains('ACCEPTED, 100 octets') : 'the example did not get its packet back'

// What Maven Central asks of each artifact, and a reader of the API too.
def repository = new File(basedir, '../../it-repository/io/esp4j')
['esp-replay', 'esp-crypto', 'esp-core'].each { artifact ->
    def names = new File(repository, artifact).listFiles().findAll { it.directory }.collectMany { it.list().toList() }
    ['.jar', '-sources.jar', '-javadoc.jar', '.pom'].each { suffix ->
        assert names.any { it.matches(/${artifact}-[0-9.]+(-SNAPSHOT)?\Q${suffix}\E/) } : "${artifact} was installed without *${suffix}"
    }
}
