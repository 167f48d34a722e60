/// A small picture of measured points, as SVG that any browser shows.
public struct LineChart {
  /// Points that belong together, joined by a line.
  public struct Series {
    /// What the points show.
    public let name: String
    /// The points: a label below and a height.
    public let points: [(label: String, height: Double)]

    /// Creates a series.
    public init(name: String, points: [(label: String, height: Double)]) {
      self.name = name
      self.points = points
    }
  }

  private static let width = 640
  private static let height = 240
  private static let margin = 48
  private static let colors = ["#1f6fb4", "#d97a00"]

  private let title: String
  private let unit: String
  private let series: [Series]

  /// Creates a chart whose vertical axis begins at zero.
  public init(title: String, unit: String, series: [Series]) {
    self.title = title
    self.unit = unit
    self.series = series
  }

  /// The picture.
  public var svg: String {
    let top = series.flatMap(\.points).map(\.height).max() ?? 1
    let lines = series.enumerated().map { number, series in
      draw(series, Self.colors[number % Self.colors.count], top, number)
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(Self.height)" \
      font-family="sans-serif" font-size="11">
      <rect width="100%" height="100%" fill="white"/>
      <text x="\(Self.margin)" y="18" font-size="13">\(title)</text>
      <text x="4" y="\(Self.margin + 4)">\(rounded(top)) \(unit)</text>
      <text x="4" y="\(Self.height - Self.margin + 4)">0</text>
      <line x1="\(Self.margin)" y1="\(Self.height - Self.margin)" x2="\(Self.width - 8)" \
      y2="\(Self.height - Self.margin)" stroke="#888"/>
      \(lines.joined(separator: "\n"))
      </svg>

      """
  }

  private func draw(_ series: Series, _ color: String, _ top: Double, _ number: Int) -> String {
    let span = Double(Self.width - Self.margin - 40)
    let step = span / Double(max(1, series.points.count - 1))
    let drop = Double(Self.height - 2 * Self.margin)
    let places = series.points.enumerated().map { position, point in
      (
        x: Double(Self.margin) + 12 + Double(position) * step,
        y: Double(Self.height - Self.margin) - point.height / top * drop, point: point
      )
    }
    let path = places.map { "\(rounded($0.x)),\(rounded($0.y))" }.joined(separator: " ")
    let row = Self.height - Self.margin + 16 + number * 14
    let labels = places.map {
      "<circle cx=\"\(rounded($0.x))\" cy=\"\(rounded($0.y))\" r=\"3\" fill=\"\(color)\"/>"
        + "<text x=\"\(rounded($0.x))\" y=\"\(row)\" text-anchor=\"middle\" fill=\"\(color)\">"
        + "\($0.point.label)</text>"
    }
    let legend =
      "<text x=\"\(Self.width - 160)\" y=\"\(18 + number * 14)\" fill=\"\(color)\">"
      + "\(series.name)</text>"
    return "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"/>"
      + labels.joined() + legend
  }

  private func rounded(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
