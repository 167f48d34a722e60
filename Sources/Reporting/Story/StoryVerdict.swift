import Checking
import Determinism
import Exploration
import Histories

/// What is wrong with a run, and why it is wrong.
struct StoryVerdict {
  private let record: RunRecord

  init(_ record: RunRecord) {
    self.record = record
  }

  /// The object that the certificate is about.
  var key: String? {
    record.evidence?.explanation?.key.flatMap { $0 == .none ? nil : "\($0)" }
  }

  /// What is wrong, in one sentence.
  var headline: String {
    guard let evidence = record.evidence, let finding = record.outcome.finding else { return "" }
    guard let explanation = evidence.explanation else {
      let isAnomaly = evidence.essential != nil
      return StoryWords.sentence(isAnomaly ? "clients saw a \(finding.kind)" : finding.kind)
    }
    let culprit = operation(explanation.operation)
    let function = culprit.invocation.function
    guard case .ok(let value) = culprit.completion, culprit.invocation.input == .none else {
      return "A \(function) got an answer that no order of the operations allows."
    }
    let answer = culprit.completion.words(to: culprit.invocation)
    let others = (evidence.essential?.operations ?? []).map(operation).filter { $0 != culprit }
    if value == .none, others.contains(where: { $0.invocation.input != .none }) {
      return "A \(function) returned nothing although something had been written."
    }
    if others.contains(where: { $0.invocation.input.mentions(value) }), others.count > 1 {
      return "A \(function) returned an old value: \(answer) had been replaced before it began."
    }
    return "A \(function) returned \(answer), which no order of the operations allows."
  }

  /// Why it is wrong, in sentences.
  var reasons: [String] {
    guard let evidence = record.evidence else { return [] }
    guard let explanation = evidence.explanation else {
      return [StoryWords.sentence(evidence.detail.text), evidence.rationale].compactMap(\.self)
    }
    guard let essential = evidence.essential else {
      return [StoryWords.sentence(evidence.detail.text)]
    }
    return order(of: essential) + [choice(explanation), certainty(essential)]
  }

  /// In which order the operations must have happened, by their times.
  private func order(of essential: EssentialOperations) -> [String] {
    let operations = essential.operations.map(operation)
    guard operations.count > 1 else { return [] }
    let facts = zip(operations, operations.dropFirst()).compactMap { earlier, later -> String? in
      guard let end = earlier.completedAt, end < later.invokedAt,
        let ended = earlier.completionTime, let began = later.invocationTime
      else { return nil }
      return "\(name(earlier)) ended at \(StoryWords.milliseconds(ended)) ms, before "
        + "\(name(later)) began at \(StoryWords.milliseconds(began)) ms."
    }
    let isTotal = facts.count == operations.count - 1
    return facts.map(StoryWords.sentence)
      + (isTotal ? ["So they took effect in this order, if each did at one instant."] : [])
  }

  /// What the object could be, and that it cannot give this answer.
  private func choice(_ explanation: Explanation) -> String {
    let culprit = operation(explanation.operation)
    let object = key.map { "key \($0)" } ?? "the object"
    let states = explanation.possibleStates.prefix(4)
    let more = explanation.possibleStateCount - states.count
    let list = Sentence.list(
      Array(states) + (more > 0 ? ["\(more) more"] : []), "or")
    let answer = culprit.completion.words(to: culprit.invocation)
    let caveat = explanation.possibleStateCount > 1 ? ", counting what had no answer yet" : ""
    return "When the \(culprit.invocation.function) took effect, \(object) could only be \(list)"
      + "\(caveat); none of these lets it answer \(answer)."
  }

  /// How sure that is.
  private func certainty(_ essential: EssentialOperations) -> String {
    let others = StoryWords.count(essential.forgotten, "other operation")
    return essential.isSufficient
      ? "The \(others) cannot save it: no order fits even if each of them happened at any time, "
        + "or never."
      : "The answers of \(others) before it play a part, too."
  }

  private func operation(_ id: OperationID) -> Operation {
    record.history.operations[id.position]
  }

  private func name(_ operation: Operation) -> String {
    let answer = operation.completion.words(to: operation.invocation)
    let request = operation.invocation.words(namesKey: key == nil)
    return answer == "ok" ? "\"\(request)\"" : "\"\(request) -> \(answer)\""
  }
}

extension Value {
  /// Whether a value is this one, or has it among its parts.
  fileprivate func mentions(_ value: Value) -> Bool {
    if self == value { return true }
    guard case .list(let parts) = self else { return false }
    return parts.contains { $0.mentions(value) }
  }
}
