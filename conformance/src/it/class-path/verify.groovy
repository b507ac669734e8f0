def log = new File(basedir, 'build.log').text
assert log.contains('ACCEPTED, 100 octets') : 'the example did not get its packet back'

// What is installed beside each jar: its sources and its documentation, attached by the build that this one belongs to.
def root = new File(basedir, '../../../..')
['esp-replay': 'esp-replay', 'esp-crypto/api': 'esp-crypto', 'esp-core': 'esp-core'].each { module, artifact ->
    def names = new File(root, "${module}/target").list().toList()
    ['.jar', '-sources.jar', '-javadoc.jar'].each { suffix ->
        assert names.any { it.matches(/${artifact}-[0-9.]+(-SNAPSHOT)?\Q${suffix}\E/) } : "${artifact} has no *${suffix}"
    }
}
return true
