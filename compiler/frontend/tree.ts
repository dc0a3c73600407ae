/**
 * TorchScript's own tree, between Python's AST and the graph: fewer node kinds, desugared, and with the source
 * ranges PyTorch gives them (a node's range covers its children; only its start is certain to be exact).
 */
import { SourceRange } from "../../core/source.ts";

export interface Ident {
  readonly name: string;
  readonly range: SourceRange;
}

export type BinaryOp =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "**"
  | "//"
  | "@"
  | "&"
  | "|"
  | "^"
  | "<<"
  | ">>"
  | "=="
  | "!="
  | "<"
  | ">"
  | "<="
  | ">="
  | "is"
  | "is not"
  | "in"
  | "and"
  | "or";

export interface TreeBase {
  readonly range: SourceRange;
}
export interface Var extends TreeBase {
  readonly kind: "Var";
  readonly name: string;
}
export interface Const extends TreeBase {
  readonly kind: "Const";
  readonly type: "int" | "float" | "complex";
  readonly value: number | bigint;
}
export interface StringLiteral extends TreeBase {
  readonly kind: "StringLiteral";
  readonly text: string;
}
export interface Atom extends TreeBase {
  readonly kind: "True" | "False" | "None" | "Dots";
}
export interface BinOp extends TreeBase {
  readonly kind: "BinOp";
  readonly op: BinaryOp;
  readonly lhs: Expr;
  readonly rhs: Expr;
}
export interface UnaryOp extends TreeBase {
  readonly kind: "UnaryOp";
  readonly op: "not" | "-" | "~";
  readonly operand: Expr;
}
export interface Select extends TreeBase {
  readonly kind: "Select";
  readonly value: Expr;
  readonly selector: Ident;
}
export interface KeywordArg {
  readonly name: string;
  readonly value: Expr;
  readonly range: SourceRange;
}
export interface Apply extends TreeBase {
  readonly kind: "Apply";
  readonly callee: Expr;
  readonly inputs: ExprList;
  readonly attributes: readonly KeywordArg[];
}
export interface Subscript extends TreeBase {
  readonly kind: "Subscript";
  readonly value: Expr;
  readonly subscripts: ExprList;
}
export interface SliceExpr extends TreeBase {
  readonly kind: "Slice";
  readonly start: Expr | undefined;
  readonly end: Expr | undefined;
  readonly step: Expr | undefined;
}
export interface TernaryIf extends TreeBase {
  readonly kind: "TernaryIf";
  readonly cond: Expr;
  readonly ifTrue: Expr;
  readonly ifFalse: Expr;
}
export interface ListLiteral extends TreeBase {
  readonly kind: "ListLiteral";
  readonly inputs: ExprList;
}
export interface TupleLiteral extends TreeBase {
  readonly kind: "TupleLiteral";
  readonly inputs: ExprList;
}
export interface DictLiteral extends TreeBase {
  readonly kind: "DictLiteral";
  readonly keys: readonly Expr[];
  readonly values: readonly Expr[];
}
export interface ListComp extends TreeBase {
  readonly kind: "ListComp";
  readonly elt: Expr;
  readonly target: Expr;
  readonly iter: Expr;
}
export interface DictComp extends TreeBase {
  readonly kind: "DictComp";
  readonly key: Expr;
  readonly value: Expr;
  readonly target: Expr;
  readonly iter: Expr;
}
export interface Starred extends TreeBase {
  readonly kind: "Starred";
  readonly expr: Expr;
}

export type Expr =
  | Var
  | Const
  | StringLiteral
  | Atom
  | BinOp
  | UnaryOp
  | Select
  | Apply
  | Subscript
  | SliceExpr
  | TernaryIf
  | ListLiteral
  | TupleLiteral
  | DictLiteral
  | ListComp
  | DictComp
  | Starred;

/** A list of trees with a range of its own. */
export interface ExprList extends TreeBase {
  readonly items: readonly Expr[];
}
export interface StmtList extends TreeBase {
  readonly items: readonly Stmt[];
}

export interface If extends TreeBase {
  readonly kind: "If";
  readonly cond: Expr;
  readonly ifTrue: StmtList;
  readonly ifFalse: StmtList;
}
export interface While extends TreeBase {
  readonly kind: "While";
  readonly cond: Expr;
  readonly body: StmtList;
}
export interface For extends TreeBase {
  readonly kind: "For";
  readonly targets: ExprList;
  readonly iters: ExprList;
  readonly body: StmtList;
}
export interface WithItem extends TreeBase {
  readonly target: Expr;
  readonly variable: Expr | undefined;
}
export interface With extends TreeBase {
  readonly kind: "With";
  readonly items: readonly WithItem[];
  readonly body: StmtList;
}
export interface Assign extends TreeBase {
  readonly kind: "Assign";
  readonly lhs: readonly Expr[];
  readonly rhs: Expr;
  readonly type: Expr | undefined;
}
export interface AugAssign extends TreeBase {
  readonly kind: "AugAssign";
  readonly lhs: Expr;
  readonly op: BinaryOp;
  readonly rhs: Expr;
}
export interface ExprStmt extends TreeBase {
  readonly kind: "ExprStmt";
  readonly expr: Expr;
}
export interface Raise extends TreeBase {
  readonly kind: "Raise";
  readonly expr: Expr;
}
export interface Assert extends TreeBase {
  readonly kind: "Assert";
  readonly test: Expr;
  readonly msg: Expr | undefined;
}
export interface Return extends TreeBase {
  readonly kind: "Return";
  readonly expr: Expr;
}
export interface Delete extends TreeBase {
  readonly kind: "Delete";
  readonly targets: readonly Expr[];
}
export interface SimpleStmt extends TreeBase {
  readonly kind: "Pass" | "Break" | "Continue";
}
/** A nested function: only sources written by TorchScript itself have one (closures of fork). */
export interface DefStmt extends TreeBase {
  readonly kind: "Def";
  readonly def: Def;
}

export type Stmt =
  | If
  | While
  | For
  | With
  | Assign
  | AugAssign
  | ExprStmt
  | Raise
  | Assert
  | Return
  | Delete
  | SimpleStmt
  | DefStmt;

export interface Param extends TreeBase {
  readonly ident: Ident;
  /** Undefined when the parameter is not annotated. */
  readonly type: Expr | undefined;
  readonly kwargOnly: boolean;
  /** Default as an expression: only archives and class sources have it, live functions give values. */
  readonly defaultValue?: Expr;
}
export interface Decl extends TreeBase {
  readonly params: readonly Param[];
  readonly returnType: Expr | undefined;
}
export interface Def extends TreeBase {
  readonly name: Ident;
  readonly decl: Decl;
  readonly body: StmtList;
}

/** The least range of the same source that covers all. */
export function cover(first: SourceRange, ...others: (TreeBase | undefined)[]): SourceRange {
  let { start, end } = first;
  for (const o of others) {
    if (!o) continue;
    if (o.range.start < start) start = o.range.start;
    if (o.range.end > end) end = o.range.end;
  }
  return start === first.start && end === first.end ? first : new SourceRange(first.source, start, end);
}

const at = (name: Ident): TreeBase => name;

/** Constructors that give each node PyTorch's range. */
export const tree = {
  exprs: (range: SourceRange, items: readonly Expr[]): ExprList => ({ range: cover(range, ...items), items }),
  stmts: (range: SourceRange, items: readonly Stmt[]): StmtList => ({ range: cover(range, ...items), items }),
  var: (range: SourceRange, name: string): Var => ({ kind: "Var", range, name }),
  string: (range: SourceRange, text: string): StringLiteral => ({ kind: "StringLiteral", range, text }),
  none: (range: SourceRange): Atom => ({ kind: "None", range }),
  binop: (op: BinaryOp, lhs: Expr, rhs: Expr): BinOp => ({
    kind: "BinOp",
    range: cover(lhs.range, lhs, rhs),
    op,
    lhs,
    rhs,
  }),
  unary: (range: SourceRange, op: UnaryOp["op"], operand: Expr): UnaryOp => ({
    kind: "UnaryOp",
    range: cover(range, operand),
    op,
    operand,
  }),
  select: (value: Expr, selector: Ident): Select => ({
    kind: "Select",
    range: cover(value.range, at(selector)),
    value,
    selector,
  }),
  apply(callee: Expr, args: readonly Expr[], attributes: readonly KeywordArg[], range = callee.range): Apply {
    const inputs = tree.exprs(range, args);
    return { kind: "Apply", range: cover(range, callee, inputs, ...attributes), callee, inputs, attributes };
  },
  subscript(value: Expr, items: readonly Expr[]): Subscript {
    const subscripts = tree.exprs(value.range, items);
    // The closing bracket is taken to follow the last index at once.
    const whole = new SourceRange(value.range.source, value.range.start, subscripts.range.end + 1);
    return { kind: "Subscript", range: cover(whole, value), value, subscripts };
  },
  slice: (range: SourceRange, start?: Expr, end?: Expr, step?: Expr): SliceExpr => ({
    kind: "Slice",
    range: cover(range, start, end, step),
    start,
    end,
    step,
  }),
  ternary: (cond: Expr, ifTrue: Expr, ifFalse: Expr): TernaryIf => ({
    kind: "TernaryIf",
    range: cover(cond.range, ifTrue, ifFalse),
    cond,
    ifTrue,
    ifFalse,
  }),
  list(range: SourceRange, items: readonly Expr[]): ListLiteral {
    const inputs = tree.exprs(range, items);
    return { kind: "ListLiteral", range: cover(range, inputs), inputs };
  },
  tuple(range: SourceRange, items: readonly Expr[]): TupleLiteral {
    const inputs = tree.exprs(range, items);
    return { kind: "TupleLiteral", range: cover(range, inputs), inputs };
  },
  dict: (range: SourceRange, keys: readonly Expr[], values: readonly Expr[]): DictLiteral => ({
    kind: "DictLiteral",
    range: cover(range, ...keys, ...values),
    keys,
    values,
  }),
  listComp: (range: SourceRange, elt: Expr, target: Expr, iter: Expr): ListComp => ({
    kind: "ListComp",
    range: cover(range, elt, target, iter),
    elt,
    target,
    iter,
  }),
  dictComp: (range: SourceRange, key: Expr, value: Expr, target: Expr, iter: Expr): DictComp => ({
    kind: "DictComp",
    range: cover(range, key, value, target, iter),
    key,
    value,
    target,
    iter,
  }),
  starred: (range: SourceRange, expr: Expr): Starred => ({
    kind: "Starred",
    range: cover(range, expr),
    expr,
  }),
  assign(lhs: readonly Expr[], rhs: Expr, type?: Expr, range?: SourceRange): Assign {
    const base = range ?? cover(rhs.range, ...lhs);
    return { kind: "Assign", range: cover(base, ...lhs, rhs, type), lhs, rhs, type };
  },
  augAssign: (lhs: Expr, op: BinaryOp, rhs: Expr): AugAssign => ({
    kind: "AugAssign",
    range: cover(lhs.range, rhs),
    lhs,
    op,
    rhs,
  }),
  raise: (range: SourceRange, expr: Expr): Raise => ({ kind: "Raise", range: cover(range, expr), expr }),
  return: (range: SourceRange, expr?: Expr): Return => ({
    kind: "Return",
    range: cover(range, expr),
    expr: expr ?? tree.none(range),
  }),
  /** All children of a Def count, its body too: an error about the function marks it from `def` to the end. */
  def: (name: Ident, decl: Decl, body: StmtList): Def => ({
    range: cover(name.range, decl, body),
    name,
    decl,
    body,
  }),
};
