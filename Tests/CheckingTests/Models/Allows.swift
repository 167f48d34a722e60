import Checking
import Histories
import Testing

/// Whether a model allows operations that follow one another.
///
/// A step is a function with its argument and, behind an arrow, what it returned: `dequeue => 1`.
/// Without an arrow it returned `nil`; `=> ?` is an unknown outcome. A number in front is the
/// process, which is otherwise a new one: `7: acquire`.
func allows(_ model: String, _ steps: String...) throws -> Bool {
  try allowsAll(model, steps)
}

/// Whether a model allows a list of steps.
func allowsAll(_ model: String, _ steps: [String]) throws -> Bool {
  var text = ""
  for (place, step) in steps.enumerated() {
    let parts = step.split(separator: " => ", maxSplits: 1)
    let output = parts.count == 2 ? parts[1] : "nil"
    let named = parts[0].split(separator: ": ", maxSplits: 1)
    let process = named.count == 2 ? String(named[0]) : "\(1_000 + place)"
    let call = named[named.count - 1]
    let function = call.prefix { $0 != " " }
    let argument = call.dropFirst(function.count)
    let input = argument.isEmpty ? "nil" : argument
    let end = output == "?" ? ":type :info" : ":type :ok :value \(output)"
    text += "{:process \(process) :f :\(function) :type :invoke :value \(input)}\n"
    text += "{:process \(process) :f :\(function) \(end)}\n"
  }
  let history = try HistoryReader.read(text, format: .edn)
  let judge = try #require(Models.named(model))
  switch try judge.check(history) {
  case .valid(let certificate):
    #expect(try judge.verify(certificate, history: history) == nil)
    return true
  case .invalid: return false
  case .unknown(let limit):
    Issue.record("undecided: \(limit)")
    return false
  }
}
