import Catalog
import Foundation
let t0 = Date()
let r = benchRef(20_000_000)
print("ref", 20.0 / Date().timeIntervalSince(t0), r)
let t1 = Date()
let e = benchEcho(8_000_000)
print("echo", 8.0 / Date().timeIntervalSince(t1), e)
