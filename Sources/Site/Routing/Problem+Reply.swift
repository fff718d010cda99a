internal import Foundation
public import Kernel

extension Problem {
  public var status: Int {
    switch kind {
    case .notFound: 404
    case .invalid: 422
    case .stale: 409
    case .versionNeeded: 428
    case .refused: 409
    case .signInNeeded: 401
    case .tooMany: 429
    case .forged: 403
    case .tooLarge: 413
    case .unavailable, .kept: 503
    case .forbiddenField: 403
    case .unreadable: 400
    case .tooSlow: 408
    }
  }

  /// A page that says what happened, what was kept and what to do.
  func asPage(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("problem.\(kind.rawValue).title"), status: status) { html in
      html(.div, .class("narrow stack")) { html in
        html(.h1, text: t("problem.\(kind.rawValue).title"))
        html(.p, text: t("problem.\(kind.rawValue).body"))
        if !faults.isEmpty {
          html(.ul, .class("reasons")) { html in
            for fault in faults { html(.li, text: t(fault.text, fault.values)) }
          }
        }
        html(.p) { html in
          html(.a, .class("button"), .href("/"), text: t("problem.home"))
        }
        html(.p, .class("small soft"), text: t("problem.reference", ["reference": visit.requestID]))
      }
    }
  }

  /// RFC 9457.
  func asJSON(_ visit: Visit) -> Reply {
    let t = visit.texts
    var object: [String: Any] = [
      "type": "https://geland.example/problems/\(kind.rawValue)", "title": t("problem.\(kind.rawValue).title"),
      "status": apiStatus, "detail": t("problem.\(kind.rawValue).body"), "instance": "urn:uuid:\(visit.requestID)",
    ]
    if !faults.isEmpty {
      object["errors"] = faults.map { fault in
        ["in": "body", "location": fault.field ?? "", "detail": t(fault.text, fault.values)]
      }
    }
    let data =
      (try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])) ?? Data()
    return Reply(status: apiStatus, body: .data(Array(data), type: "application/problem+json"))
  }

  /// The API design rules ask 400 for invalid input; a stale version is a failed precondition.
  private var apiStatus: Int {
    switch kind {
    case .invalid: 400
    case .stale: 412
    default: status
    }
  }
}
