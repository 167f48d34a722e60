import Testing

/// Every law is seen to find a culprit and to leave the innocent alone.
struct LawTests {
  @Test func `comments and strings are not code`() {
    let source = #"""
      let a = "Date \(Hasher("x)")) // Task" // Double
      /* Float /* nested */ Float */ let b = #"a " \(Date) "# + """
        Thread " \(await("")) more
        """
      let c = 'd'
      """#
    let code = SwiftCode(source)
    #expect(Laws.bannedWords(in: code).isEmpty)
    #expect(
      code.tokens == ["let", "a", "=", "let", "b", "=", "+", "let", "c", "=", "'", "d", "'"])
    #expect(code.lines.count == 5)
  }

  @Test func `banned words are found as words`() {
    #expect(Laws.bannedWords(in: "let x: Double = 1") == ["uses Double"])
    #expect(Laws.bannedWords(in: "let order = value\n  .hashValue") == ["uses hashValue"])
    #expect(Laws.bannedWords(in: "UInt64.random(in: 0..<5)") == ["uses .random("])
    #expect(Laws.bannedWords(in: "Task { print(1) }") == ["uses Task {", "uses print("])
    #expect(Laws.bannedWords(in: "let id = UUID()") == ["uses UUID("])
    let innocent: SwiftCode = "struct Task: Doubled { var update: Dates; func fingerprint() }"
    #expect(Laws.bannedWords(in: innocent).isEmpty)
  }

  @Test func `imports beyond the permitted are found`() {
    let text: SwiftCode = """
      public import Determinism
      @testable import Simulation
      import struct Glibc.tm
      """
    let complaints = Laws.forbiddenImports(in: text, permitted: ["Determinism"])
    #expect(complaints == ["imports Simulation", "imports Glibc"])
    #expect(Laws.forbiddenImports(in: "// import Foundation", permitted: []) == [])
  }

  @Test func `collections with a hash order are found`() {
    #expect(Laws.hashedCollections(in: "var seen: Set<NodeID> = []") == ["uses Set<"])
    #expect(Laws.hashedCollections(in: "var a = 1\nvar b: [NodeID: Int]").count == 1)
    #expect(Laws.hashedCollections(in: "var b: [Set.Index?: [Int]] = [:]").count == 2)
    #expect(Laws.hashedCollections(in: "let a: [Int] = [x ? Y : Z]; f(Y: 1); NodeSet()") == [])
  }

  @Test func `long functions are measured from their name to their brace`() {
    let code: SwiftCode = """
      protocol P {
        init(id: Int) throws
        func bare(
          _ a: Int
        ) throws(E) -> Int
        func other()
      }
      func short() { if x { y } }
      func long(
        _ body: () -> Void = {}
      ) throws
        -> Int
      where A == B,
        C == D
      {
        let text = "}"
        self.init(id: 1)
      }
      extension P {
        init?(a: [Int] = [1]) {
        }
        static func < (a: Int, b: Int) -> Bool { true }
        func `a sentence`() {
        }
        var x: Int { 1 }
      }
      """
    #expect(
      code.functions == [
        FunctionSpan(line: 8, length: 1), FunctionSpan(line: 9, length: 10),
        FunctionSpan(line: 20, length: 2), FunctionSpan(line: 22, length: 1),
        FunctionSpan(line: 23, length: 2),
      ])
    #expect(Laws.longFunctions(in: code, most: 9) == ["line 9: a function of 10 lines"])
  }

  @Test func `parameters without labels are found`() {
    let code: SwiftCode = """
      func one(_ a: Int) {}
      private func two(
        _ a: [Int: Int], _ b: (Int, Int) -> Void, c: Int, _ d: inout Int
      ) { f(1, 2) }
      init<A>(a: A, _ b: A = [1, 2]) { self.init(1, 2) }
      """
    #expect(
      code.parameterLists == [
        ParameterList(line: 2, unlabelled: ["_ b: (Int, Int) -> Void"]),
        ParameterList(line: 5, unlabelled: ["_ b: A = [1, 2]"]),
      ])
  }

  @Test func `ignored cases, private words and places are found`() {
    #expect(Laws.ignoredCases(in: "switch a {\ncase 1: f()\ndefault: break\n}").count == 1)
    #expect(Laws.ignoredCases(in: "switch a { default: breakfast() }").isEmpty)
    #expect(Laws.privateWords(in: "struct Companion { }") == ["says Companion"])
    let text = "`docs/a.md`, `Sources/<Name>/x`, `Tests/B/<Name>Test.swift`, `raft/a`, `docs/`"
    #expect(Laws.paths(in: text) == ["docs/a.md", "Sources", "Tests/B", "docs/"])
  }

  @Test func `leftovers and namesakes are found`() {
    #expect(Laws.leftovers(in: "// " + "TO" + "DO: later").count == 1)
    #expect(Laws.leftovers(in: "// the work is done").isEmpty)
    #expect(Laws.namesakes(of: "Traces", in: "public enum Traces {}") == ["declares enum Traces"])
    #expect(Laws.namesakes(of: "Traces", in: "struct TracesReader { let x: Traces }").isEmpty)
  }

  @Test func `a scenario is named after its place`() {
    let path = "Scenarios/raft/a.json5"
    #expect(Laws.wrongName(in: "{ orrery: 1,\n  name: \"raft/a\",\n}", at: path) == nil)
    #expect(
      Laws.wrongName(in: "{\n  name: \"raft/b\",\n}", at: path) == "is named raft/b, not raft/a")
    #expect(Laws.wrongName(in: "{}", at: path) == "is named nothing, not raft/a")
  }

  @Test func `links lead from the folder of their text`() {
    let text = "[a](b.md#c) [d](../Sources/) [e](https://f.g) [h](#i) [j](/LICENSE)"
    #expect(Laws.links(in: text, at: "docs/x.md") == ["docs/b.md", "Sources", "LICENSE"])
    #expect(Laws.links(in: "[a](./docs/b.md)", at: "README.md") == ["docs/b.md"])
  }

  @Test func `a manifest is read row by row`() {
    let manifest = """
      let rows = [("A", []), ("B", ["A"]),
        (
          "C",
          ["A", "B"]
        ),
      ]
      .executableTarget(name: "d", dependencies: ["C",
        "A"], swiftSettings: strict)
      """
    #expect(
      PackageGraph(manifest: manifest).dependencies
        == ["A": [], "B": ["A"], "C": ["A", "B"], "d": ["A", "C"]])
  }
}
