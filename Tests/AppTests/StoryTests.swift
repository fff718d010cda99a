internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// The own story is the resident's: written alone, or together with a worker, and then that is shown (domain §7).
@Suite struct StoryTests {
  @Test func aWorkerWritesOnlyTogetherAndThatShows() async throws {
    let file = try await MarkedFile()
    let worker = try await file.house.browser(of: file.worker)
    let page = "/residents/\(file.resident)/story"
    let alone = await worker.post(page, ["words": "over haar hoofd heen", "version": "0"], from: page)
    #expect(alone.status == 422 && alone.text.contains("field-together-fault"))
    #expect(alone.text.contains("over haar hoofd heen"))
    let together = await worker.post(
      page, ["words": "ik hou van zwemmen", "together": "on", "version": "0"], from: page)
    #expect(together.status == 303)
    let plan = "/residents/\(file.resident)/plan"
    #expect(await worker.get(plan).text.contains("Samen geschreven met Begeleider"))
    // The resident goes on alone.
    let resident = try await file.house.browser(of: try await file.somebody(.resident))
    #expect(await !resident.get(page).text.contains("field-together"))
    let own = await resident.post(page, ["words": "ik hou van zwemmen en lezen", "version": "1"], from: page)
    #expect(own.status == 303)
    #expect(await resident.get(plan).text.contains("Zelf geschreven"))
  }

  @Test func byApiTheSame() async throws {
    let file = try await MarkedFile()
    let worker = try await Program(file.house, as: file.worker)
    let path = "/residents/\(file.resident)/story"
    let alone = await worker.call("PUT", path, #"{"words": "x"}"#, headers: ["if-match": "\"0\""])
    #expect(alone.status == 400)
    let together = await worker.call("PUT", path, #"{"words": "x", "together": true}"#, headers: ["if-match": "\"0\""])
    #expect(together.status == 200)
  }
}
