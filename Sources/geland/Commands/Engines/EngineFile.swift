internal import ArgumentParser
internal import EngineKit
internal import Foundation

/// How every engine reads and answers: a file in, an answer on standard output; a fault on standard error with its line
/// and exit status 65, and nothing written.
enum EngineFile {
  /// The bytes of a file, or of standard input for `-`.
  static func read(_ path: String) throws -> [UInt8] {
    if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: path) else {
      complain("\(path): can't be read")
      throw Exit.noInput
    }
    return Array(data)
  }

  /// A file, or standard input for `-`, piece by piece: puts the next bytes into a buffer and says how many.
  static func pieces(_ path: String) throws -> (UnsafeMutableRawBufferPointer) throws -> Int {
    let handle: FileHandle
    if path == "-" {
      handle = .standardInput
    } else if let opened = FileHandle(forReadingAtPath: path) {
      handle = opened
    } else {
      complain("\(path): can't be read")
      throw Exit.noInput
    }
    return { buffer in
      do {
        let piece = try handle.read(upToCount: buffer.count) ?? Data()
        return piece.copyBytes(to: buffer)
      } catch {
        complain("\(path): can't be read")
        throw Exit.noInput
      }
    }
  }

  /// Runs a body whose faults are about a file.
  static func checking<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let fault as InputFault {
      complain(fault.text(file: path))
      throw Exit.badData
    }
  }

  /// Writes a whole file, or none of it.
  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      complain("\(path): can't be written")
      throw Exit.cannotWrite
    }
  }

  static func put(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}
