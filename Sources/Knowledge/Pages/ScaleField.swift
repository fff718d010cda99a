internal import Kernel
internal import Site

/// One statement with a row of five, as on paper: one choice, with what the ends mean.
struct ScaleField {
  let name: String
  let question: String
  let hint: String
  let low: String
  let high: String

  private var id: String { "field-\(name)" }

  /// As an error summary names it.
  var named: Field { Field(name, question) }

  func write(_ visit: Visit, _ faults: [Problem.Fault], _ html: inout HTML) {
    let fault = faults.first { $0.field == name }
    let chosen = visit.form[name]
    let described = "\(id)-hint" + (fault == nil ? "" : " \(id)-fault")
    html(.fieldset, .class(fault == nil ? "field scale" : "field scale wrong"), .id(id), .aria(.describedBy, described))
    {
      html in
      html(.legend, text: question)
      html(.p, .class("hint"), .id("\(id)-hint"), text: hint)
      if let fault {
        html(.p, .class("fault"), .id("\(id)-fault"), text: visit.texts(fault.text, fault.values))
      }
      html(.div, .class("steps")) { html in
        for score in SelfScanForm.scale { step(score, isChosen: chosen == String(score), &html) }
      }
      // Who hears the page gets these with the first and the last choice.
      html(.div, .class("ends small soft"), .aria(.hidden, "true")) { html in
        html(.span, text: low)
        html(.span, text: high)
      }
    }
  }

  private func step(_ score: Int, isChosen: Bool, _ html: inout HTML) {
    let end = score == SelfScanForm.scale.lowerBound ? low : score == SelfScanForm.scale.upperBound ? high : nil
    html(.label, .class("step")) { html in
      html(
        .input, .type("radio"), .id("\(id)-\(score)"), .name(name), .value(String(score)), isChosen ? .checked : nil)
      html(.span, text: String(score))
      if let end { html(.span, .class("visually-hidden"), text: " " + end) }
    }
  }
}
