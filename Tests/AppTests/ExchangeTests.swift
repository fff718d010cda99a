internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Knowledge
@testable import Trust

/// A region of its own, whose editor writes lessons and gives them away.
private struct SharingRegion {
  let house: TestHouse
  let editor: Browser

  init(_ name: String?, seed: UInt64) async throws {
    house = try await TestHouse(seed: seed)
    editor = try await house.browser(
      of: LearningHouse.account(house, .policyAdviser, LearningHouse.organisation(house)), language: .dutch)
    guard let name else { return }
    let answer = await editor.post(
      "/knowledge/exchange", ["regionName": name, "version": "0"], from: "/knowledge/exchange")
    #expect(answer.status == 303)
  }

  func write(_ title: String) async {
    let fields = [
      "title": title, "words": "Dat helpt.", "blocks": "wonen", "audiences": "citizen", "ground": "experience",
      "source": "Eigen ervaring (2026)",
    ]
    let answer = await editor.post("/knowledge/additions/new", fields, from: "/knowledge/additions/new")
    #expect(answer.status == 303)
  }

  func file() async -> String { await editor.get("/knowledge/export.json").text }

  func read(_ file: String, region: String = "") async -> Outgoing {
    let page = await editor.get("/knowledge/exchange").text
    let boundary = "----grens"
    let fields = [
      ("form-token", Browser.hidden("form-token", in: page) ?? ""), ("once", Browser.hidden("once", in: page) ?? ""),
      ("region", region),
    ]
    var body = fields.map { "--\(boundary)\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }
      .joined()
    body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lessen.json\"\r\n"
    body += "Content-Type: application/json\r\n\r\n\(file)\r\n--\(boundary)--\r\n"
    return await editor.send(
      Incoming(
        "POST", "/knowledge/exchange/lessons",
        headers: ["content-type": "multipart/form-data; boundary=\(boundary)", "sec-fetch-site": "same-origin"],
        body: Array(body.utf8)))
  }

  func lessons() async throws -> [AddedLesson] {
    try await house.read { try $0.all(AddedLesson.self, "where id is not null order by title") }
  }
}

/// Lessons travel from region to region and keep where they come from.
@Suite struct ExchangeTests {
  @Test func aLessonKeepsItsOriginThroughTwoRegions() async throws {
    let (one, two, three) = try await (
      SharingRegion("Hart van Holland", seed: 1), SharingRegion("Rivierenland", seed: 2),
      SharingRegion(nil, seed: 3)
    )
    await one.write("Drink eerst koffie")
    let first = await two.read(await one.file())
    #expect(first.header("location") == "/knowledge/exchange?fresh=1&changed=0&same=0&own=0")
    await two.write("Vraag de buren")
    #expect(await two.editor.get("/knowledge/wonen").text.contains("uit Hart van Holland"))
    let again = await two.read(await one.file())
    #expect(again.header("location") == "/knowledge/exchange?fresh=0&changed=0&same=1&own=0")
    // The third has both from the second, and from the first nothing twice.
    #expect(await three.read(await two.file()).status == 303)
    let direct = await three.read(await one.file())
    #expect(direct.header("location") == "/knowledge/exchange?fresh=0&changed=0&same=1&own=0")
    #expect(try await three.lessons().map(\.origin) == ["Hart van Holland", "Rivierenland"])
    // What comes home is known as our own.
    let home = await one.read(await two.file())
    #expect(home.header("location") == "/knowledge/exchange?fresh=1&changed=0&same=0&own=1")
    #expect(try await one.lessons().map(\.origin) == [nil, "Rivierenland"])
    // What came from elsewhere keeps the words it had there.
    let taken = try #require(try await two.lessons().first { $0.origin == "Hart van Holland" })
    #expect(await two.editor.get("/knowledge/additions/\(taken.id)").status == 404)
    // Also under another name our own lessons are our own.
    _ = await one.editor.post(
      "/knowledge/exchange", ["regionName": "Groene Hart", "version": "1"], from: "/knowledge/exchange")
    let renamed = await one.read(await two.file())
    #expect(renamed.header("location") == "/knowledge/exchange?fresh=0&changed=0&same=1&own=1")
    // Taken away it stays away, also when read in again.
    _ = await two.editor.post(
      "/knowledge/exchange/withdraw", ["region": "Hart van Holland"], from: "/knowledge/exchange")
    _ = await two.read(await one.file())
    #expect(!(await two.editor.get("/knowledge?q=koffie").text.contains("Drink eerst")))
  }

  @Test func aFileWithAFaultIsRefusedWhole() async throws {
    let (one, two) = try await (SharingRegion("Hart van Holland", seed: 1), SharingRegion(nil, seed: 2))
    await one.write("Drink eerst koffie")
    await one.write("Bel daarna")
    let good = await one.file()
    let carried = try Shelf().base().library.lessons.count
    for (old, new, told) in [
      (#""title":"Bel daarna""#, #""title":"""#, ", nl.title: hier moet iets staan."),
      (
        #""restsOn":"experience","phases":[],"moments":[],"municipalities":[],"source":"Eigen"#,
        #""restsOn":"gossip","phases":[],"moments":[],"municipalities":[],"source":"Eigen"#,
        ", restsOn: “gossip” kennen we hier niet."
      ),
      (#""addedOn":"2026-03-05""#, #""addedOn":"gisteren""#, ", addedOn: hier moet een datum staan"),
    ] {
      #expect(good.contains(old))
      let refused = await two.read(good.replacing(old, with: new))
      #expect(refused.status == 422)
      // Which lesson, and which part of it; nothing that leads nowhere.
      #expect(
        [1, 2].contains { refused.text.contains("Les \(carried + $0)\(told)") }
          && !refused.text.contains("#field-lesson"))
    }
    for bad in ["", "geen json", "[]", "{}", #"{"lessons":3}"#, #"{"format":"x","lessons":[]}"#] {
      #expect(await two.read(bad).status == 422, "\(bad)")
    }
    #expect(try await two.lessons().isEmpty)
    // Without a name in the file one must be given, and it may not be our own.
    let nameless = good.replacing(#""region":"Hart van Holland","#, with: "")
    #expect(await two.read(nameless).status == 422)
    #expect(await one.read(nameless, region: "Hart van Holland").status == 422)
    #expect(await two.read(nameless, region: "Ergens").status == 303)
  }

  @Test func aRegionMayLetEveryoneRead() async throws {
    let region = try await SharingRegion(nil, seed: 1)
    let stranger = Browser(site: region.house.house.site)
    let open = [
      "/knowledge", "/knowledge/map", "/knowledge/lessons", "/knowledge/wonen", "/knowledge?q=huur",
      "/knowledge/export.md", "/knowledge/wonen/markdown", "/api/v1/knowledge/units/wonen",
    ]
    for path in open { #expect([303, 401].contains(await stranger.get(path).status), "\(path)") }
    _ = await region.editor.post(
      "/knowledge/exchange", ["isOpen": "on", "version": "0"], from: "/knowledge/exchange")
    for path in open { #expect(await stranger.get(path).status == 200, "\(path)") }
    for path in ["/knowledge/projects", "/knowledge/meetings", "/knowledge/additions", "/knowledge/verdicts"] {
      #expect(await stranger.get(path).status == 303, "\(path)")
    }
    // There is a door, and a file to keep leaves no cookie.
    #expect(await stranger.get("/sign-in").text.contains(#"href="/knowledge""#))
    let file = await Browser(site: region.house.house.site).get("/knowledge/export.md")
    #expect(file.status == 200 && file.header("set-cookie") == nil)
    // Unticked stays unticked, also when something else was wrong.
    let long = String(repeating: "a", count: 81)
    let wrong = await region.editor.post(
      "/knowledge/exchange", ["regionName": long, "version": "1"], from: "/knowledge/exchange")
    #expect(wrong.status == 422 && !wrong.text.contains(#"value="on" checked"#))
    _ = await region.editor.post("/knowledge/exchange", ["version": "1"], from: "/knowledge/exchange")
    for path in open { #expect([303, 401].contains(await stranger.get(path).status), "\(path)") }
  }

  @Test func theApiGivesUnitsLessonsAndHits() async throws {
    let region = try await SharingRegion(nil, seed: 1)
    _ = await region.editor.post(
      "/knowledge/exchange", ["isOpen": "on", "version": "0"], from: "/knowledge/exchange")
    let stranger = Browser(site: region.house.house.site)
    func json(_ path: String) async throws -> JSON {
      try #require(JSON(parsing: Array(await stranger.get("/api/v1/knowledge" + path).text.utf8)))
    }
    guard case .array(let blocks)? = try await json("/units?kind=block")["items"] else {
      Issue.record("no list")
      return
    }
    #expect(blocks.count == 8)
    #expect(blocks.allSatisfy { $0["nl"]?["title"] != nil && $0["en"]?["title"] != nil })
    // Page after page: every lesson once.
    var seen: [String] = []
    var after = ""
    repeat {
      let page = try await json("/lessons?limit=100&after=\(after)")
      guard case .array(let items)? = page["items"] else { break }
      seen += items.compactMap { if case .string(let id)? = $0["id"] { id } else { nil } }
      if case .string(let next)? = page["next"] { after = next } else { after = "" }
    } while !after.isEmpty
    let all = try Shelf().base().library.lessons.map(\.id)
    #expect(seen == all.sorted())
    // A filter goes on over the pages, and what is unknown is no filter.
    let page = await stranger.get("/api/v1/knowledge/lessons?block=wonen&limit=20")
    #expect(page.header("link")?.contains("block=wonen") == true)
    for bad in ["/units?kind=foo", "/lessons?since=x", "/lessons?blok=wonen", "/search", "/search?q=a&limit=veel"] {
      #expect(await stranger.get("/api/v1/knowledge" + bad).status == 400, "\(bad)")
    }
    let everything = try await json("/export")
    #expect(everything["format"] == .string(KnowledgeExport.format))
    let hits = try await json("/search?q=uitkering&language=nl")["items"]
    guard case .array(let found)? = hits else {
      Issue.record("no hits")
      return
    }
    #expect(!found.isEmpty)
    #expect(await stranger.get("/api/v1/knowledge/units/nergens").status == 404)
    #expect(await stranger.get("/api/v1/knowledge/projects").status == 401)
  }

  @Test func whatSomebodyTypedIsNoMarkup() async throws {
    let region = try await SharingRegion(nil, seed: 1)
    await region.write("~~~ # Kop [link](https://example.nl) <b>")
    let text = await region.editor.get("/knowledge/wonen/markdown").text
    #expect(text.contains(##"### \~\~\~ \# Kop \[link\](https://example.nl) \<b\>"##))
  }
}
