/** A drawing that becomes SVG: wires below, parts over them, texts on top. A unit is 0.2 mm on A4. */

export type Point = readonly [x: number, y: number];

/** A path as SVG has it, of `M`, `L`, `H` and `V`: `M100 774 H140` goes from there 40 to the right. */
export type Path = string;

/** What is joined by wires: a name for tests and for who reads the SVG, and the colour of its wires. */
export interface Net {
  readonly name: string;
  readonly colour: string;
}

export interface TextStyle {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: true;
  readonly colour?: string;
}

const ink = '#1c1c1c';
const paper = '#ffffff';
const wireWidth = 3;
const railWidth = 6;
/** Of paper, on both sides of a wire that crosses another. */
const gapWidth = 2.5;
/** 2.6 mm on A4. */
const textSize = 13;

export class WiringSheet {
  private readonly rails: string[] = [];
  private readonly wires: string[] = [];
  private readonly parts: string[] = [];
  private readonly texts: string[] = [];

  /** A thick wire, below all others. */
  rail(net: Net, path: Path): void {
    this.rails.push(wireElement(net, path, railWidth));
  }

  /** Where it crosses wires drawn before, a gap in those shows that they do not touch. */
  wire(net: Net, path: Path): void {
    const casingWidth = wireWidth + 2 * gapWidth;
    this.wires.push(`<path d="${path}" fill="none" stroke="${paper}" stroke-width="${casingWidth}"/>`);
    this.wires.push(wireElement(net, path, wireWidth));
  }

  /** Wires that meet here are joined. */
  joint({ name, colour }: Net, [x, y]: Point): void {
    this.parts.push(`<circle cx="${x}" cy="${y}" r="5" fill="${colour}" data-joint="${escaped(name)}"/>`);
  }

  /** Where a wire ends: a hole of the board, or a terminal of a part. */
  terminal(name: string, [x, y]: Point): void {
    const circle = `cx="${x}" cy="${y}" r="5" fill="${paper}" stroke="${ink}" stroke-width="2"`;
    this.parts.push(`<circle ${circle} data-terminal="${escaped(name)}"/>`);
  }

  /** No wire may run through it. */
  body(left: number, top: number, width: number, height: number, fill: string, cornerRadius = 4): void {
    const rectangle = `x="${left}" y="${top}" width="${width}" height="${height}" rx="${cornerRadius}"`;
    this.parts.push(`<rect ${rectangle} fill="${fill}" stroke="${ink}" stroke-width="2" class="body"/>`);
  }

  disc([x, y]: Point, radius: number, fill: string): void {
    this.parts.push(`<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" stroke="${ink}" stroke-width="2"/>`);
  }

  /** An outline, or a filled shape. */
  shape(path: Path, fill = 'none'): void {
    this.parts.push(`<path d="${path}" fill="${fill}" stroke="${ink}" stroke-width="2"/>`);
  }

  /** The point is the left, middle or right end of the base line. */
  text([x, y]: Point, words: string, { size = textSize, anchor = 'start', bold, colour = ink }: TextStyle = {}): void {
    const style = `font-size="${size}" text-anchor="${anchor}"${bold === true ? ' font-weight="bold"' : ''}`;
    this.texts.push(`<text x="${x}" y="${y}" ${style} fill="${colour}">${escaped(words)}</text>`);
  }

  svg(width: number, height: number, title: string): string {
    const paperSize = `width="${width / 5}mm" height="${height / 5}mm" viewBox="0 0 ${width} ${height}"`;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${paperSize} font-family="Arial, Helvetica, 'DejaVu Sans', sans-serif">`,
      `<title>${escaped(title)}</title>`,
      `<rect width="${width}" height="${height}" fill="${paper}"/>`,
      ...[this.rails, this.wires, this.parts, this.texts].flat(),
      '</svg>\n',
    ].join('\n');
  }
}

function wireElement({ name, colour }: Net, path: Path, width: number): string {
  const stroke = `stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"`;
  return `<path d="${path}" fill="none" ${stroke} data-net="${escaped(name)}"/>`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
