internal import Kernel
public import Residents
internal import Site
internal import Store
internal import Tables
internal import Trust

/// Acts about many people from the command line.
extension House {
  /// Who does it; empty on a region where nobody can sign in yet.
  public struct BulkActor: Sendable {
    let account: ID<Anything>?
    var agreedBy: ID<Anything>?
  }

  public enum BulkRefusal: String, Error, Sendable {
    case twoNeeded =
      "People use this region. Name two of them: --as ADDRESS for who does this, --approved-by ADDRESS for who agrees."
    case unknown =
      "Of --as and --approved-by, both must be coordinators or people who may register, with an open account."
    case same = "--as and --approved-by must be two different people."
  }

  /// Checks who may do this (security requirement 25).
  public func bulkActor(
    as actor: String?, approvedBy approver: String?
  ) async throws -> Result<BulkActor, BulkRefusal> {
    try await database.read { reader in
      let canSignIn = try reader.count("select count(*) from credential") > 0
      guard canSignIn || actor != nil else { return .success(BulkActor(account: nil)) }
      guard let actor, let approver else { return .failure(.twoNeeded) }
      guard let one = try Account.with(email: actor, reader), let two = try Account.with(email: approver, reader),
        [one, two].allSatisfy({ $0.disabledAt == nil && ($0.role == .coordinator || $0.mayRegister) })
      else { return .failure(.unknown) }
      return one.id == two.id
        ? .failure(.same) : .success(BulkActor(account: one.id.retyped(), agreedBy: two.id.retyped()))
    }
  }

  /// What a check of a file says, line by line.
  public struct CaseloadReport: Sendable {
    public let isGood: Bool
    public let freshCount: Int
    public let lines: [String]
  }

  /// The dry run, in words.
  public func checkCaseload(
    _ bytes: [UInt8], _ choices: CaseloadChoices = CaseloadChoices(), by actor: BulkActor
  ) async throws -> CaseloadReport {
    let t = try Self.catalogue().inLanguage(.english)
    let importer = Importer(account: actor.account?.retyped())
    do {
      let check = try await database.read { try CaseloadCheck(bytes, choices, by: importer, $0) }
      return CaseloadReport(isGood: check.isGood, freshCount: check.fresh.count, lines: Self.lines(check, t))
    } catch let asked as EncodingAsked {
      let choices = asked.choices.map { "  --encoding \($0.encoding.rawValue): \($0.sample)" }
      return CaseloadReport(isGood: false, freshCount: 0, lines: [t("import.table.encodingUnclear")] + choices)
    } catch let problem as Problem {
      return CaseloadReport(isGood: false, freshCount: 0, lines: problem.faults.map { t($0.text, $0.values) })
    }
  }

  private static func lines(_ check: CaseloadCheck, _ t: Texts) -> [String] {
    var lines: [String] = []
    if !check.layout.unread.isEmpty {
      lines.append(t("import.unread", ["names": check.layout.unread.joined(separator: ", ")]))
    }
    for guess in check.layout.columns where guess.known == .guessed {
      guard let column = guess.column else { continue }
      lines.append(t("import.guessed", ["heading": guess.heading, "column": column.rawValue]))
    }
    for remark in check.layout.remarks {
      lines.append(t("import.remark", ["row": String(remark.row), "text": remark.text]))
    }
    guard check.isGood else {
      return check.faults.map { fault in
        "line \(fault.row)" + (fault.place(t).map { ", \($0)" } ?? "") + ": " + fault.told(t)
      } + lines
    }
    lines.insert(t("import.fresh", count: check.fresh.count), at: 0)
    if !check.known.isEmpty { lines.append(t("import.known", count: check.known.count)) }
    for known in check.known where !known.differing.isEmpty {
      let columns = known.differing.map(\.column.rawValue).joined(separator: ", ")
      lines.append("line \(known.line.row): " + t("import.preview.differs", ["what": columns]))
    }
    for (key, names) in check.made { lines.append(t(key, ["names": names.joined(separator: ", ")])) }
    return lines
  }

  /// Brings a file in: all of it, or nothing.
  /// - Returns: how many residents are new.
  public func importCaseload(
    _ bytes: [UInt8], _ choices: CaseloadChoices = CaseloadChoices(), by actor: BulkActor,
    progress: @escaping @Sendable (Int) -> Void
  ) async throws -> Int {
    let importer = Importer(account: actor.account?.retyped())
    let now = database.clock.now
    return try await trust.trail.changeMany(
      Act("caseload.import", account: actor.account, agreedBy: actor.agreedBy), role: nil
    ) { batch in
      let check = try batch.look(at: now) { try CaseloadCheck(bytes, choices, by: importer, $0) }
      var run = CaseloadImport(check, by: importer, at: now)
      let residents = try run.run(batch, progress: progress)
      return (residents.count, residents)
    }
  }

  /// Writes everyone with an open journey, each with a line in the trail before it is written.
  /// - Returns: how many there were.
  public func exportCaseload(by actor: BulkActor, write: (String) -> Void) async throws -> Int {
    write(CaseloadExport.header + "\n")
    var after: String? = ""
    var count = 0
    while let from = after {
      let page = try await database.read { try CaseloadExport.page(after: from, $0) }
      try await trust.trail.keepExport(
        page.rows.map(\.resident), by: actor.account, agreedBy: actor.agreedBy, as: "caseload.export")
      for row in page.rows { write(row.text + "\n") }
      count += page.rows.count
      after = page.next
    }
    return count
  }
}
