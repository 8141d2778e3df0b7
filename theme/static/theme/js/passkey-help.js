// <passkey-help>: says in words when a passkey did not work, and hides what a browser without passkeys cannot do.
class PasskeyHelp extends HTMLElement {
  connectedCallback () {
    if (!window.PublicKeyCredential) {
      this.replaceChildren(...this.querySelectorAll('[data-without]'))
      this.querySelectorAll('[data-without]').forEach(part => { part.hidden = false })
      return
    }
    document.addEventListener('allauth.error', event => {
      event.preventDefault()
      const trouble = this.querySelector('[data-trouble]')
      trouble.hidden = false
      trouble.setAttribute('role', 'alert')
    })
  }
}

customElements.define('passkey-help', PasskeyHelp)
