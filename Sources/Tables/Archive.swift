internal import CZip

/// The parts of a zip archive, by libzip, each unfolded only as far as the limits go.
final class Archive {
  private let handle: OpaquePointer
  /// libzip reads from here as long as the archive is open.
  private let memory: UnsafeMutableRawBufferPointer
  private let limits: TableLimits
  private var unfolded = 0

  init(_ bytes: [UInt8], _ limits: TableLimits) throws(TableFaults) {
    self.limits = limits
    memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    memory.copyBytes(from: bytes)
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(memory.baseAddress, zip_uint64_t(bytes.count), 0, &error) else {
      memory.deallocate()
      throw TableFaults(.damaged)
    }
    guard let opened = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      memory.deallocate()
      throw TableFaults(.damaged)
    }
    handle = opened
  }

  deinit {
    zip_discard(handle)
    memory.deallocate()
  }

  func has(_ name: String) -> Bool { zip_name_locate(handle, name, zip_flags_t(ZIP_FL_NOCASE)) >= 0 }

  func isOpenDocument() throws(TableFaults) -> Bool {
    if let manifest = try part("META-INF/manifest.xml"),
      String(decoding: manifest, as: UTF8.self).contains("encryption-data")
    {
      throw TableFaults(.hasPassword)
    }
    if has("xl/workbook.bin") { throw TableFaults(.oldOffice) }
    return has("content.xml")
  }

  /// One part, unfolded; nil when there is none of that name.
  /// - Throws: when it is larger than it may be, whatever size it claims, or broken.
  func part(_ name: String) throws(TableFaults) -> [UInt8]? {
    let place = zip_name_locate(handle, name, zip_flags_t(ZIP_FL_NOCASE))
    guard place >= 0 else { return nil }
    var about = zip_stat_t()
    guard zip_stat_index(handle, zip_uint64_t(place), 0, &about) == 0 else { throw TableFaults(.damaged) }
    if about.encryption_method != 0 { throw TableFaults(.hasPassword) }
    guard about.size <= zip_uint64_t(limits.part) else { throw TableFaults(.tooLarge) }
    guard let file = zip_fopen_index(handle, zip_uint64_t(place), 0) else { throw TableFaults(.damaged) }
    defer { zip_fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = zip_fread(file, &buffer, zip_uint64_t(buffer.count))
      guard count >= 0 else { throw TableFaults(.damaged) }
      if count == 0 { break }
      unfolded += Int(count)
      guard bytes.count + Int(count) <= limits.part, unfolded <= limits.whole else { throw TableFaults(.tooLarge) }
      bytes += buffer[..<Int(count)]
    }
    return bytes
  }
}

/// Makes a zip archive in memory, the same bytes for the same parts.
enum ArchiveWriter {
  /// - Returns: nil when the machine has no memory for it.
  static func made(of parts: [(name: String, text: String)]) -> [UInt8]? {
    made(of: parts.map { (name: $0.name, bytes: Array($0.text.utf8)) })
  }

  static func made(of parts: [(name: String, bytes: [UInt8])]) -> [UInt8]? {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let target = zip_source_buffer_create(nil, 0, 0, &error) else { return nil }
    zip_source_keep(target)
    defer { zip_source_free(target) }
    guard let archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error) else {
      zip_source_free(target)
      return nil
    }
    // What is added is read when the archive is closed.
    let buffers = parts.map { part in
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, part.bytes.count), alignment: 1)
      buffer.copyBytes(from: part.bytes)
      return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    for (part, buffer) in zip(parts, buffers) {
      guard let source = zip_source_buffer(archive, buffer.baseAddress, zip_uint64_t(part.bytes.count), 0) else {
        zip_discard(archive)
        return nil
      }
      let place = zip_file_add(archive, part.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
      guard place >= 0 else {
        zip_source_free(source)
        zip_discard(archive)
        return nil
      }
      // 1 January 1980: an archive knows no earlier day.
      zip_file_set_dostime(archive, zip_uint64_t(place), 0, 0x21, 0)
    }
    guard zip_close(archive) == 0 else {
      zip_discard(archive)
      return nil
    }
    return read(target)
  }

  private static func read(_ source: OpaquePointer) -> [UInt8]? {
    guard zip_source_open(source) == 0 else { return nil }
    defer { zip_source_close(source) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = zip_source_read(source, &buffer, zip_uint64_t(buffer.count))
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += buffer[..<Int(count)]
    }
  }
}
