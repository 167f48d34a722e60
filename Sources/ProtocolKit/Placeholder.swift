// ProtocolKit
