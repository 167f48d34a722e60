import Histories

extension ReaderAudit {
  /// Small texts of a format that together use all of its notation.
  static func samples(of format: HistoryFormat) -> [String] {
    switch format {
    case .edn: edn
    case .json: json
    case .ndjson: ndjson
    case .porcupine: porcupine
    case .jsonl: jsonl
    case .stateright: stateright
    case .dbcop: dbcop
    }
  }

  private static let edn = [
    """
    {:index 0, :time 17, :type :invoke, :process 0, :f :cas, :value [1 2]}
    {:index 1, :type :invoke, :process 1, :f :read, :value nil}
    {:index 2, :time 40, :type :ok, :process 0, :f :cas, :value [1 2]}
    {:index 3, :type :info, :process 1, :f :read, :value :timed-out, :error [:x "y"]}
    {:process :nemesis, :type :info, :f :kill, :value {:n1 1.5}}
    """,
    #"""
    ; transactions
    [#jepsen.history.Op{:process 4, :type :invoke, :value [[:r :x nil] [:append 3 4]]}
     #_ ignored #_(#inst "2020" \newline 2/3)
     #jepsen.history.Op{:process 4, :type :ok, :value [[:r :x [1 2]] [:append 3 4]]}
     {:process 5 :type :invoke :f :add :key "k" :value #{3 1 -2N}}
     {:process 5 :type :fail :f :add :value {0 10, 1 "é\n\u0041", 2 #{}}}]
    """#,
    "[0 :invoke :read nil]\n[0 :ok :read 3]",
  ]

  private static let json = [
    """
    [{"type":"invoke","f":"txn","value":[["r","x",null],["append",3,4]],"process":0,"index":0},
    {"type":"ok","f":"txn","value":[["r","x",[1,2]],["append",3,4]],"process":0,"index":1},
    {"type":"info","f":"kill","value":1.5,"process":"nemesis"}]
    """,
    #"""
    {"process":1,"type":":invoke","f":":read","value":null,"time":12}
    {"process":1,"type":":ok","f":":read","value":{"0":10,"a":"\u00e9\ud83d\ude00\n"},"time":34}
    {"process":2,"type":"invoke","f":"write","key":"k","value":[1,true]}
    """#,
  ]

  private static let ndjson = [
    """
    {"orrery":"history","version":1,"events":4,"model":"cas-register"}
    {"i":0,"t":1000,"p":0,"type":"invoke","f":"cas","k":":x","v":[1,2]}
    {"i":1,"t":1500,"p":1,"type":"invoke","f":"read"}
    {"i":2,"p":0,"type":"fail","v":"'quoted"}
    {"i":3,"t":18446744073709551615,"p":1,"type":"ok","f":"read","v":[":k","s",null,true,-5]}
    """,
    """
    {"orrery":"history","version":1}
    {"p":7,"type":"invoke","f":"txn","v":[[":w",":x",1]],"extra":{"a":0.5}}
    {"p":7,"type":"info"}
    """,
  ]

  private static let porcupine = [
    """
    starting
    INFO  jepsen.util - 0\t:invoke\t:read\tnil
    INFO  jepsen.util - 1 :invoke   :cas     [1 0]
    INFO  jepsen.util - :nemesis\t:info\t:start\tnil
    INFO  jepsen.util - 0\t:ok\t:read\tnil
    INFO  jepsen.util - 1\t:fail\t:cas\t[1 0]
    INFO  jepsen.util - 0\t:invoke\t:write\t3
    INFO  jepsen.util - 0\t:info\t:write\t:timed-out
    """
  ]

  private static let jsonl = [
    """
    {"kind": "call", "id": 0, "client": 0, "op": "add", "value": 100}
    {"kind": "call", "id": 2, "client": 2, "op": "read", "key": "k"}
    {"kind": "return", "id": 2, "client": 2, "values": [100, 110]}
    {"kind": "return", "id": 0, "client": 0}
    """,
    """
    {"client": 0, "op": "put", "value": 100, "call": 0, "output": null, "ret": 100}
    {"client": 1, "op": "get", "value": null, "call": 25, "output": 100, "ret": 75}
    """,
  ]

  private static let stateright = [
    """
    {"model": "register", "init": "Register('A')"}
    {"type": "invoke", "process": 0, "op": "Write('B')"}
    {"type": "invoke", "process": 1, "op": "Read"}
    {"type": "ok", "process": 1, "ret": "ReadOk('A')"}
    {"type": "ok", "process": 0, "ret": "WriteFail"}
    """,
    #"""
    {"model": "stack(vec: Push,Pop,Len)", "init": "Vec::new()"}
    {"type": "invoke", "process": 0, "op": "Push((10, \"a\\n\", [None, true, Left(-1)]))"}
    {"type": "invoke", "process": 1, "op": "Pop"}
    {"type": "ok", "process": 1, "ret": "PopOk(Some(10))"}
    """#,
  ]

  private static let dbcop = [
    """
    // two sessions
    [x:=1 y:=0] [x==1 z==?]!
    [y==0]
    ---
    [x==0 x:=2]
    """,
    "[a:=1]\n---\n---\n[a==1 b==0]",
  ]
}
