/// A meaning that colour or weight may underline; words must carry it too.
public enum Style: CaseIterable, Sendable {
  /// All is well: blue.
  case ok
  /// Unknown, or worth a look: orange.
  case caution
  /// Wrong: pink.
  case failure
  /// Important.
  case bold
  /// Secondary.
  case dim
}

/// Dresses text in the styles that a stream can show; without colour it returns text unchanged.
///
/// Blue, orange and pink instead of green, yellow and red, so that colour-blind readers see them
/// apart. Styled text must be laid out before it is dressed.
public struct Palette: Sendable {
  private let colors: ColorDepth

  /// Creates the palette for a number of colours.
  public init(_ colors: ColorDepth) {
    self.colors = colors
  }

  /// Text in a style.
  public func apply(_ style: Style, to text: String) -> String {
    guard colors != .none, !text.isEmpty else { return text }
    return "\u{1B}[\(code(of: style))m\(text)\u{1B}[0m"
  }

  private func code(of style: Style) -> String {
    switch style {
    case .ok: color(palette: 111, red: 0x81, green: 0xBF, blue: 0xFC)
    case .caution: color(palette: 214, red: 0xFF, green: 0xA4, blue: 0x00)
    case .failure: color(palette: 198, red: 0xFF, green: 0x1E, blue: 0x90)
    case .bold: "1"
    case .dim: "2"
    }
  }

  private func color(palette: Int, red: Int, green: Int, blue: Int) -> String {
    colors == .millions ? "38;2;\(red);\(green);\(blue)" : "38;5;\(palette)"
  }
}
