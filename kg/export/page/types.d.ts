// The types of the page's one global, for `tsc --checkJs`; nothing of this reaches the page.

declare namespace Kg {
  interface Words { en: string; vi: string }
  interface NodeType { name: string; label: Words; plural: Words; definition: Words; colour: string; shape: string }
  interface EdgeType {
    name: string; label: Words; inverse: Words; definition: Words; colour: string; derived: boolean;
    role: "inside" | "cross" | "derived" | "hub";
  }
  interface Source { file: string; line: number; column: number; quote: string }
  interface Texts { attributes: { name: string; label: Words; value: any }[]; sources: Source[]; url: string }
  interface Point { x: number; y: number }
  interface Circle extends Point { r: number }

  interface Data {
    n: number; m: number; id: string[]; label: string[]; type: Uint16Array; month: string[]; weight: Uint8Array;
    x: Float32Array; y: Float32Array; r: Float32Array; disc: Float32Array; depth: Uint8Array;
    /** The node a node stands in or beside, the topic among them, and the topmost one above; -1 for none. */
    host: Int32Array; parent: Int32Array; root: Int32Array;
    source: Uint32Array; target: Uint32Array; kind: Uint16Array; basis: Uint8Array; mentions: Uint16Array; digest: Uint16Array;
    nodeTypes: NodeType[]; edgeTypes: EdgeType[]; digests: string[];
    /** The options of the pyvis network, for the focus view. */
    options: any;
    aside: Circle | null;
    isTopic(i: number): boolean;
    edgesAt(i: number): Uint32Array;
    /** The other end of edge j, seen from node i. */
    other(j: number, i: number): number;
    /** The number of the node of that id, or -1. */
    index(id: string): number;
    texts(i: number): Texts;
    said(j: number): Source[];
    /** pyvis options that a network made by hand gave a node or an edge beside the usual ones. */
    given(i: number): Record<string, any>;
    givenEdge(j: number): Record<string, any>;
  }

  interface State {
    selected: number; pathTo: number; focus: number; depth: number; hiddenTypes: Set<number>; hiddenKinds: Set<number>; topic: number;
    from: string; to: string; view: string; language: string; theme: string; camera: { x: number; y: number; zoom: number } | null;
  }
  interface Store {
    get(): Readonly<State>;
    set(patch: Partial<State>, options?: { push?: boolean }): void;
    on(listener: (state: Readonly<State>, changed: Set<string>) => void): void;
    /** A fresh state as it is without a hash. */
    initial(): State;
    visible(i: number): boolean;
    visibleEdge(j: number): boolean;
    hiddenBy(i: number): string;
  }

  interface Palette {
    dark: boolean; font: string; map: string; ink: string; soft: string; faint: string; accent: string; halo: string;
    rim: string; tie: string; fill: string; discRim: string; name: string;
  }
  interface Theme {
    start(): void;
    isDark(): boolean;
    palette(): Palette;
    /** A colour of the ontology as it can be seen on the page's ground. */
    edge(colour: string): string;
    hue(root: number): number;
  }

  /** What is drawn on: a canvas context, or the recorder of an SVG. */
  type Pen = CanvasRenderingContext2D;

  interface View {
    x: number; y: number; zoom: number; width: number; height: number;
    sx(x: number): number; sy(y: number): number; mx(x: number): number; my(y: number): number;
  }
  interface Label { node: number; text: string; rows: string[]; box: number[]; x: number; y: number; size: number; weight: number; root: boolean; alpha: number; shade: number }
  interface Scene {
    view: View; nodes: number[]; discs: number[]; levels: Levels;
    chosen: Set<number> | null; selected: number;
    /** Those of the chosen that are drawn and named at any zoom: all, unless a whole topic is chosen. */
    lifted: Set<number> | null;
  }
  interface Levels { ties: number; papers: number; others: number; edges: number; local: number }

  interface MapApi {
    start(): void;
    fit(): void;
    fitTo(nodes: Iterable<number>): void;
    centre(i: number, zoom?: number): void;
    zoomBy(factor: number): void;
    redraw(): void;
    onHover(listener: (node: number) => void): void;
    hovered(): number;
    emphasise(nodes: Set<number> | null): void;
    screenshot(): Promise<Blob>;
    svg(): string;
    visibleLabels(): { node: number; text: string; x: number; y: number; width: number; height: number }[];
    /** The nodes of the last sharp frame that were drawn as shapes. */
    drawn(): number[];
    /** The node under a point of the canvas, in CSS pixels, or as near as `slack`; -1 for none. */
    pick(x: number, y: number, slack?: number): number;
    /** Where a node stands on the canvas, in CSS pixels. */
    place(i: number): Point;
    view(): View;
    /** How long the last sharp frame took, in milliseconds. */
    cost(): number;
    [more: string]: any;
  }

  interface Global {
    data: Data; state: Store; theme: Theme; map: MapApi;
    ready?: boolean;
    vis(): any;
    t(key: string, values?: Record<string, string | number>): string;
    say(words: Words | undefined): string;
    fold(text: unknown): string;
    el(tag: string, props?: Record<string, any>, ...children: any[]): any;
    icon(type: number): SVGElement;
    [more: string]: any;
  }
}

declare var kg: Kg.Global;
interface Window { kg: Kg.Global }
