/// Where the key of an event is: in a field of its own, or in a pair with the value.
extension JepsenEvents {
  /// The key and the value proper of an invocation.
  func keyAndValue(
    of event: JepsenEvent, value: Value
  ) throws(HistoryError) -> (key: Value, value: Value) {
    guard options.keys == .independent else {
      return (try event.key?.value(in: source) ?? .none, value)
    }
    if let key = event.key {
      throw source.error(
        at: key.offset, message: "an event with a key of its own has no [key value] pair",
        fix: "read this history without independent keys")
    }
    guard case .list(let pair) = value, pair.count == 2 else { throw noPair(event) }
    return (pair[0], pair[1])
  }

  /// The value proper of an answer.
  func answer(
    _ value: Value, of event: JepsenEvent, to invocation: Invocation?
  ) throws(HistoryError) -> Value {
    guard options.keys == .independent, let invocation else { return value }
    guard case .list(let pair) = value, pair.count == 2 else { throw noPair(event) }
    guard pair[0] == invocation.key else {
      throw source.error(
        at: event.value?.offset ?? event.offset,
        message: "process \(invocation.process.number) asked for key \(invocation.key) "
          + "but has an answer for key \(pair[0])",
        fix: "give both the same key, or read this history without independent keys")
    }
    return pair[1]
  }

  /// The value proper of what failed or may have, which may be anything, such as `:timed-out`.
  func report(_ value: Value, to invocation: Invocation?) -> Value {
    guard options.keys == .independent, case .list(let pair) = value, pair.count == 2,
      pair[0] == invocation?.key
    else { return value }
    return pair[1]
  }

  private func noPair(_ event: JepsenEvent) -> HistoryError {
    source.error(
      at: event.value?.offset ?? event.offset, message: "this value is no [key value] pair",
      fix: "read this history without independent keys, or write the key before the value")
  }
}
