internal import Foundation

/// The source files, as text: what the compiler does not enforce is checked here.
struct SourceFile {
  let module: String
  let path: String
  let lines: [String]

  var text: String { lines.joined(separator: "\n") }
}

enum House {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// All Swift files under a folder of the project.
  static func files(_ folder: String) throws -> [SourceFile] {
    let base = root.appending(path: folder)
    let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    return try (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }.map { url in
      let path = String(url.path.dropFirst(root.path.count + 1))
      return SourceFile(
        module: String(path.split(separator: "/")[1]), path: path,
        lines: try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n"))
    }.sorted { $0.path < $1.path }
  }

  static func texts(_ module: String, _ language: String) throws -> [String: String] {
    let file = root.appending(path: "Sources/\(module)/Resources/\(language).json")
    return try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: String] ?? [:]
  }
}
