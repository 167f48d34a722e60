import Checking
import Histories

// One client raises the mark to 5, then to 3; another reads 3, which a high-water mark never is.
let history = try HistoryReader.read(
  """
  {:process 0 :type :invoke :f :raise :value 5}
  {:process 0 :type :ok     :f :raise :value 5}
  {:process 0 :type :invoke :f :raise :value 3}
  {:process 1 :type :invoke :f :read}
  {:process 0 :type :ok     :f :raise :value 3}
  {:process 1 :type :ok     :f :read  :value 3}
  """)

switch try LinearizabilityChecker(HighWaterMark()).check(history) {
case .valid(let certificate):
  print("linearizable, for example in this order: \(certificate.partitions[0].order)")
case .invalid(let explanation):
  print("not linearizable: operation \(explanation.operation.position) is impossible,")
  print("the mark can only be \(explanation.possibleStates.joined(separator: " or "))")
case .unknown(let limit):
  print("undecided: \(limit.advice)")
}
