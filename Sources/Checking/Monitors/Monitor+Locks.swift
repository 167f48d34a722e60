public import Histories

extension Monitor where Specification == MutexSpecification {
  /// Judges locks whose clients take turns between `acquire` and `release`.
  public static func mutex(_ specification: MutexSpecification) -> Monitor {
    Monitor(order: LockMonitor.order) { action, operation in
      let client = Value.integer(operation.invocation.process.number)
      return switch action {
      case .acquire: .step(.add, value: client)
      case .release: .step(.remove, value: client)
      case .refused: .foreign("there are refused operations")
      }
    }
  }
}

extension Monitor where Specification == LeaseSpecification {
  /// Judges leases by their fencing tokens.
  public static func lease(_ specification: LeaseSpecification) -> Monitor {
    Monitor { (timeline) throws(Obstacle) in
      try LeaseMonitor.order(of: timeline, expires: specification.expires)
    } translate: { action, _ in
      switch action {
      case .acquire(let token): use(token, kind: .add)
      case .acquireUnknown: .step(.unknown, value: nil)
      case .renew(let token): use(token, kind: .find)
      case .release(let token): use(token, kind: .remove)
      case .refusedAcquire, .refused: .foreign("there are refused operations")
      }
    }
  }

  private static func use(_ token: Int64, kind: Step.Kind) -> Translation {
    token < 0 ? .foreign("there are tokens below zero") : .step(kind, .integer(token), rank: token)
  }
}
