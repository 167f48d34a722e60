import Histories
import Testing

/// What mutexes, semaphores and leases allow.
struct LockModelTests {
  @Test func `a mutex is held once`() throws {
    #expect(try allows("mutex", "acquire", "release", "acquire"))
    #expect(try !allows("mutex", "acquire", "acquire"))
    #expect(try !allows("mutex", "release"))
  }

  @Test func `a mutex refuses only for a reason`() throws {
    #expect(try allows("mutex", "acquire => true", "acquire => false", "release => true"))
    #expect(try !allows("mutex", "acquire => false"))
    #expect(try allows("mutex", "release => false"))
    #expect(try !allows("mutex", "acquire", "release => false"))
  }

  @Test func `a crashed acquire may hold the mutex for ever`() throws {
    #expect(try allows("mutex", "acquire => ?", "acquire => false"))
    #expect(try allows("mutex", "acquire => ?", "acquire"))
    #expect(try !allows("mutex", "acquire => ?", "acquire => false", "acquire"))
  }

  @Test func `a reentrant mutex is acquired again by its owner alone`() throws {
    #expect(
      try allows(
        "reentrant-mutex", "1: acquire", "1: acquire", "1: release", "1: release",
        "2: acquire"))
    #expect(try !allows("reentrant-mutex", "1: acquire", "1: acquire", "1: release", "2: acquire"))
    #expect(try !allows("reentrant-mutex", "1: acquire", "2: acquire"))
    #expect(try !allows("reentrant-mutex", "1: acquire", "2: release"))
    #expect(try allows("reentrant-mutex", "1: acquire", "2: acquire => false"))
    #expect(try !allows("reentrant-mutex", "1: acquire", "1: acquire => false"))
    #expect(try allows("reentrant-mutex", "1: acquire", "2: release => false"))
    #expect(try !allows("reentrant-mutex", "1: acquire", "1: release => false"))
  }

  @Test func `the owner of a reentrant mutex may be a named client`() throws {
    #expect(
      try allows("reentrant-mutex", "1: acquire {:client \"a\"}", "2: acquire {:client \"a\"}"))
    #expect(
      try !allows("reentrant-mutex", "1: acquire {:client \"a\"}", "1: acquire {:client \"b\"}"))
  }

  @Test func `a semaphore has so many permits`() throws {
    #expect(try !allows("semaphore", "acquire", "acquire"))
    #expect(try allows("semaphore?permits=2", "acquire", "acquire", "release 2", "acquire 2"))
    #expect(try !allows("semaphore?permits=2", "acquire", "acquire 2"))
    #expect(try allows("semaphore?permits=2", "acquire", "acquire 2 => false"))
    #expect(try !allows("semaphore?permits=2", "acquire", "acquire => false"))
    #expect(try !allows("semaphore?permits=2", "acquire", "release 2"))
    #expect(try allows("semaphore?permits=2", "acquire", "release 2 => false"))
    #expect(throws: SpecificationError.self) { try allows("semaphore", "acquire 0") }
  }

  @Test func `the tokens of a lease grow`() throws {
    #expect(try allows("lease", "acquire => 1", "release 1", "acquire => 5"))
    #expect(try !allows("lease", "acquire => 5", "release 5", "acquire => 5"))
    #expect(try !allows("lease", "acquire => 5", "acquire => 4"))
  }

  @Test func `a lease may expire, unless it never does`() throws {
    #expect(try allows("lease", "acquire => 1", "acquire => 2"))
    #expect(try !allows("lease?expiry=never", "acquire => 1", "acquire => 2"))
    #expect(try allows("lease?expiry=never", "acquire => 1", "acquire => nil", "release 1 => true"))
    #expect(try allows("lease", "acquire => 1", "renew 1 => false"))
    #expect(try !allows("lease?expiry=never", "acquire => 1", "renew 1 => false"))
  }

  @Test func `a superseded or expired holder is refused for good`() throws {
    #expect(try allows("lease", "acquire => 1", "renew 1", "acquire => 2", "renew 1 => false"))
    #expect(try !allows("lease", "acquire => 1", "acquire => 2", "renew 1 => true"))
    #expect(try !allows("lease", "acquire => 1", "acquire => 2", "release 1"))
    #expect(try !allows("lease", "acquire => 1", "renew 1 => false", "renew 1"))
    #expect(try !allows("lease", "acquire => 1", "renew 1 => false", "acquire => false"))
  }

  @Test func `a crashed acquire takes a token that nobody was told`() throws {
    #expect(try allows("lease", "acquire => 1", "acquire => ?", "renew 1 => false", "renew 3"))
    #expect(try allows("lease", "acquire => ?", "renew 2 => false", "acquire => false"))
    #expect(try allows("lease?expiry=never", "acquire => ?", "renew 2 => false", "renew 2"))
    #expect(
      try !allows(
        "lease?expiry=never", "acquire => ?", "acquire => false", "renew 2 => false", "renew 2"))
    #expect(try !allows("lease?expiry=never", "acquire => ?", "renew 2", "release 3"))
    #expect(
      try allows(
        "lease?expiry=never", "acquire => ?", "acquire => false", "release 2",
        "acquire => 3"))
    #expect(
      try !allows(
        "lease", "acquire => 1", "acquire => ?", "renew 1 => false", "acquire => false",
        "acquire => 2"))
  }
}
