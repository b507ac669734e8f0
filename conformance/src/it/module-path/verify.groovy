def log = new File(basedir, 'build.log').text
assert log.contains('ACCEPTED, 100 octets') : 'the example did not get its packet back'
