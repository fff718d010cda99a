internal import CStemmer
internal import Kernel
internal import Synchronization

/// Words without their endings, by Snowball (libstemmer): "huizen" and "huis" are found by one another.
final class Stemmer: Sendable {
  private struct Engine: @unchecked Sendable { let pointer: OpaquePointer? }
  private let engine: Mutex<Engine>

  init(_ language: Language) {
    let name = language == .dutch ? "dutch" : "english"
    engine = Mutex(Engine(pointer: sb_stemmer_new(name, "UTF_8")))
  }

  deinit {
    engine.withLock { sb_stemmer_delete($0.pointer) }
  }

  /// - Parameter word: in lower case.
  func stem(_ word: String) -> String {
    let bytes = Array(word.utf8)
    return engine.withLock { engine in
      guard let pointer = engine.pointer, let stemmed = sb_stemmer_stem(pointer, bytes, Int32(bytes.count)) else {
        return word
      }
      let count = Int(sb_stemmer_length(pointer))
      return String(decoding: UnsafeBufferPointer(start: stemmed, count: count), as: UTF8.self)
    }
  }
}
