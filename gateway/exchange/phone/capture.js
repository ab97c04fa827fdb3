// Hands on what the microphone hears, unchanged, to the page.
registerProcessor("capture", class extends AudioWorkletProcessor {
  process([[heard]]) {
    if (heard) this.port.postMessage(heard.slice());
    return true;
  }
});
