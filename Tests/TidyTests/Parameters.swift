/// A function with two or more parameters, and those of them that a call does not name.
struct ParameterList: Equatable {
  /// The line on which it is declared, counted from one.
  let line: Int
  /// The parameters behind the first that have no label, but for sinks: those are `inout`.
  let unlabelled: [String]
}

extension SwiftCode {
  /// The functions with two or more parameters.
  var parameterLists: [ParameterList] {
    lines.enumerated().compactMap { index, line in
      guard Self.declaresFunction(line), let parameters = parameters(from: index),
        parameters.count > 1
      else { return nil }
      let unlabelled = parameters.dropFirst().filter { parameter in
        parameter.hasPrefix("_ ") && !parameter.contains(": inout ")
      }
      return ParameterList(line: index + 1, unlabelled: unlabelled)
    }
  }

  /// The texts of the parameters declared from a line on; nil if it declares none after all.
  private func parameters(from first: Int) -> [String]? {
    var parameters = [""]
    var depth = 0
    for line in lines[first...] {
      for character in line {
        switch character {
        case "(", "[": depth += 1
        case ")", "]": depth -= 1
        case "," where depth == 1:
          parameters.append("")
          continue
        default: break
        }
        if depth == 0, parameters != [""] {
          return parameters.map { String($0.drop { " (".contains($0) }) }
        }
        if depth > 0 { parameters[parameters.count - 1].append(character) }
      }
      if depth == 0 { return nil }
      parameters[parameters.count - 1].append(" ")
    }
    return nil
  }
}
