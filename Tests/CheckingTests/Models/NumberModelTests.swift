import Histories
import Testing

/// What counters, identifiers and banks allow.
struct NumberModelTests {
  @Test func `a counter is the sum of its additions`() throws {
    #expect(try allows("counter", "add 2 => 2", "increment", "decrement 5", "read => -2"))
    #expect(try !allows("counter", "add 2", "read => 1"))
    #expect(try allows("counter?initial=7", "inc", "dec", "dec", "get => 6"))
    #expect(throws: SpecificationError.self) { try allows("counter", "read => nil") }
    #expect(throws: SpecificationError.self) { try allows("counter", "add \"two\"") }
  }

  @Test func `a crashed addition counts once, or not at all`() throws {
    #expect(try allows("counter", "add 1", "add 2 => ?", "read => 1", "read => 3"))
    #expect(try !allows("counter", "add 1", "add 2 => ?", "read => 3", "read => 1"))
    #expect(try !allows("counter", "add 2 => ?", "read => 2", "read => 4"))
  }

  @Test func `fetch-and-add returns the old number, add-and-fetch the new`() throws {
    #expect(try allows("fetch-and-add", "fetch-and-add 2 => 0", "faa 3 => 2", "read => 5"))
    #expect(try !allows("fetch-and-add", "faa 2 => 0", "faa 3 => 0"))
    #expect(try allows("fetch-and-add?initial=1", "add-and-fetch 2 => 3", "faa => 3", "get => 4"))
    #expect(try !allows("fetch-and-add", "add-and-get 2 => 0"))
    #expect(try allows("fetch-and-add", "faa 2 => ?", "faa => 2", "faa => 3"))
    #expect(try allows("fetch-and-add", "faa 2", "faa => 2"))
  }

  @Test func `an identifier is generated once`() throws {
    #expect(try allows("unique-ids", "generate => 1", "generate => \"1\"", "generate => ?"))
    #expect(try !allows("unique-ids", "generate => 1", "generate => 2", "generate => 1"))
    #expect(throws: SpecificationError.self) { try allows("unique-ids", "generate => nil") }
  }

  @Test func `a bank moves money and keeps the total`() throws {
    let transfer = "transfer {:from 0 :to 1 :amount 4}"
    #expect(try allows("bank", "read => {0 9, 1 1}", transfer, "read => {1 5, 0 5}"))
    #expect(try !allows("bank", "read => {0 9, 1 1}", transfer, "read => {0 9, 1 1}"))
    #expect(try !allows("bank", "read => {0 9, 1 1}", transfer, "read => {0 5, 1 1}"))
    #expect(try allows("bank", "read => {0 9, 1 1}", "\(transfer) => ?", "read => [9 1]"))
    #expect(try allows("bank", "read => {0 9, 1 1}", "\(transfer) => ?", "read => [5 5]"))
  }

  @Test func `an account may not be overdrawn unless the bank allows it`() throws {
    let transfer = "transfer {:from 0 :to 1 :amount 4}"
    #expect(try !allows("bank", "read => {0 3, 1 1}", transfer))
    #expect(try allows("bank", "read => {0 3, 1 1}", "\(transfer) => false"))
    #expect(try !allows("bank", "read => {0 4, 1 1}", "\(transfer) => false"))
    #expect(try !allows("bank", "read => {0 -3, 1 5}"))
    let generous = "bank?overdrafts=allowed"
    #expect(try allows(generous, "read => {0 3, 1 1}", transfer, "read => {0 -1, 1 5}"))
    #expect(try !allows(generous, "read => {0 3, 1 1}", "\(transfer) => false"))
  }

  @Test func `what happened before the first read limits the first balances`() throws {
    let transfer = "transfer {:from 0 :to 1 :amount 4}"
    #expect(try allows("bank", transfer, "read => {0 0, 1 4}"))
    #expect(try !allows("bank", transfer, "read => {0 0, 1 3}"))
    #expect(try !allows("bank", transfer, "read => {1 9}"))
    #expect(try !allows("bank", "\(transfer) => false", "read => {0 4, 1 4}"))
    #expect(try !allows("bank?total=3", transfer))
    #expect(try !allows("bank?total=5", "read => {0 4, 1 2}"))
  }

  @Test func `accounts and balances that are given are held against the first read`() throws {
    #expect(try allows("bank?accounts=2&initial=10", "read => {0 10, 1 10}"))
    #expect(try !allows("bank?accounts=2&initial=10", "read => {0 10, 1 11}"))
    #expect(try !allows("bank?accounts=2", "read => {0 10}"))
    #expect(try !allows("bank?accounts=2", "read => {0 1, 1 1, 2 1}"))
    #expect(try !allows("bank?accounts=2", "transfer {:from 0 :to 2 :amount 1}"))
    #expect(try allows("bank", "read => {\"0\" 10, \"1\" 1}", "read => {0 10, 1 1}"))
    #expect(try !allows("bank", "read => {0 nil}"))
    #expect(throws: SpecificationError.self) { try allows("bank", "transfer [0 1 5]") }
    #expect(throws: SpecificationError.self) { try allows("bank", "read => 5") }
  }
}
