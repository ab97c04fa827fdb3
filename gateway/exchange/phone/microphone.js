// The microphone as a WAV file: pressed once it listens, pressed again it has the file.

export const why = () => {
  if (window.isSecureContext && navigator.mediaDevices?.getUserMedia && window.AudioWorkletNode) return "";
  return "这个浏览器在这个地址上不给用话筒，请放录音或者打字代说。";
};

export class Microphone {
  async listen() {
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, channelCount: 1 } });
    this.context = new AudioContext();
    await this.context.audioWorklet.addModule("/phone/capture.js");
    this.pieces = [];
    const ear = new AudioWorkletNode(this.context, "capture", { numberOfOutputs: 0 });
    ear.port.onmessage = ({ data }) => this.pieces.push(data);
    this.context.createMediaStreamSource(this.stream).connect(ear);
    await this.context.resume();
  }

  async stop() {
    for (const track of this.stream.getTracks()) track.stop();
    const rate = this.context.sampleRate;
    await this.context.close();
    return wav(this.pieces, rate);
  }
}

// 16-bit mono, as the exchange reads it.
function wav(pieces, rate) {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const file = new DataView(new ArrayBuffer(44 + 2 * length));
  const word = (at, text) => [...text].forEach((sign, place) => file.setUint8(at + place, sign.charCodeAt(0)));
  word(0, "RIFF"); file.setUint32(4, 36 + 2 * length, true); word(8, "WAVEfmt ");
  file.setUint32(16, 16, true); file.setUint16(20, 1, true); file.setUint16(22, 1, true);
  file.setUint32(24, rate, true); file.setUint32(28, 2 * rate, true); file.setUint16(32, 2, true); file.setUint16(34, 16, true);
  word(36, "data"); file.setUint32(40, 2 * length, true);
  let at = 44;
  for (const piece of pieces) for (const value of piece) {
    file.setInt16(at, Math.max(-1, Math.min(1, value)) * 32767, true);
    at += 2;
  }
  return new Blob([file.buffer], { type: "audio/wav" });
}
