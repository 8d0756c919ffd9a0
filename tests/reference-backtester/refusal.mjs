/** What is refused: a document or a candle file, with the place. `line` and `column` count from 1. */
export class Refusal extends Error {
  constructor(message, { field, line, column } = {}) {
    super(message);
    Object.assign(this, { field, line, column });
  }

  toString() {
    const place = [this.field, this.line && `line ${this.line}`, this.column && `column ${this.column}`].filter(Boolean);
    return place.length ? `${place.join(', ')}: ${this.message}` : this.message;
  }
}
