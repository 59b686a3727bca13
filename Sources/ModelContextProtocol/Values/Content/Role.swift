/// Who says a message.
package enum Role: String, Choice {
    case user
    case assistant
}
