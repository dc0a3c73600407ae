/**
 * The Python 3.12 syntax tree. Node and field names are those of CPython's `ast` module; `kind` is the class
 * name. `start` and `end` are UTF-16 offsets into the Source, end exclusive. Expression contexts (Load,
 * Store, Del) are left out: a target's role follows from its parent.
 */

export interface NodeBase {
  start: number;
  end: number;
}

// --- Module ---

export interface Module extends NodeBase {
  kind: "Module";
  body: Stmt[];
  /** Comments in source order; TorchScript reads `# type:` comments from them. */
  comments: Comment[];
}

export interface Comment extends NodeBase {
  /** Text with the leading `#`. */
  text: string;
}

// --- Statements ---

export interface FunctionDef extends NodeBase {
  kind: "FunctionDef" | "AsyncFunctionDef";
  name: string;
  nameStart: number;
  args: Arguments;
  body: Stmt[];
  decorator_list: Expr[];
  returns: Expr | null;
  type_params: TypeParam[];
  /** Offset of `def` (or `async`); `start` is there too, decorators stand before it. */
  defStart: number;
  /** Offset just past the `:` that ends the header. */
  headerEnd: number;
}

export interface ClassDef extends NodeBase {
  kind: "ClassDef";
  name: string;
  nameStart: number;
  bases: Expr[];
  keywords: Keyword[];
  body: Stmt[];
  decorator_list: Expr[];
  type_params: TypeParam[];
  headerEnd: number;
}

export interface Return extends NodeBase {
  kind: "Return";
  value: Expr | null;
}
export interface Delete extends NodeBase {
  kind: "Delete";
  targets: Expr[];
}
export interface Assign extends NodeBase {
  kind: "Assign";
  targets: Expr[];
  value: Expr;
}
export interface TypeAlias extends NodeBase {
  kind: "TypeAlias";
  name: Name;
  type_params: TypeParam[];
  value: Expr;
}
export interface AugAssign extends NodeBase {
  kind: "AugAssign";
  target: Expr;
  op: Operator;
  value: Expr;
}
/** `simple` is true when the target is a bare name without parentheses. */
export interface AnnAssign extends NodeBase {
  kind: "AnnAssign";
  target: Expr;
  annotation: Expr;
  value: Expr | null;
  simple: boolean;
}
export interface For extends NodeBase {
  kind: "For" | "AsyncFor";
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface While extends NodeBase {
  kind: "While";
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
/** An `elif` is an If alone in `orelse`, starting at the `elif` keyword. */
export interface If extends NodeBase {
  kind: "If";
  test: Expr;
  body: Stmt[];
  orelse: Stmt[];
}
export interface With extends NodeBase {
  kind: "With" | "AsyncWith";
  items: WithItem[];
  body: Stmt[];
}
export interface Match extends NodeBase {
  kind: "Match";
  subject: Expr;
  cases: MatchCase[];
}
export interface Raise extends NodeBase {
  kind: "Raise";
  exc: Expr | null;
  cause: Expr | null;
}
export interface Try extends NodeBase {
  kind: "Try" | "TryStar";
  body: Stmt[];
  handlers: ExceptHandler[];
  orelse: Stmt[];
  finalbody: Stmt[];
}
export interface Assert extends NodeBase {
  kind: "Assert";
  test: Expr;
  msg: Expr | null;
}
export interface Import extends NodeBase {
  kind: "Import";
  names: Alias[];
}
export interface ImportFrom extends NodeBase {
  kind: "ImportFrom";
  module: string | null;
  names: Alias[];
  level: number;
}
export interface Global extends NodeBase {
  kind: "Global";
  names: string[];
}
export interface Nonlocal extends NodeBase {
  kind: "Nonlocal";
  names: string[];
}
export interface ExprStmt extends NodeBase {
  kind: "Expr";
  value: Expr;
}
export interface Pass extends NodeBase {
  kind: "Pass";
}
export interface Break extends NodeBase {
  kind: "Break";
}
export interface Continue extends NodeBase {
  kind: "Continue";
}

export type Stmt =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Pass
  | Break
  | Continue;

// --- Expressions ---

export interface BoolOp extends NodeBase {
  kind: "BoolOp";
  op: "And" | "Or";
  values: Expr[];
}
export interface NamedExpr extends NodeBase {
  kind: "NamedExpr";
  target: Name;
  value: Expr;
}
export type Operator =
  | "Add"
  | "Sub"
  | "Mult"
  | "MatMult"
  | "Div"
  | "Mod"
  | "Pow"
  | "LShift"
  | "RShift"
  | "BitOr"
  | "BitXor"
  | "BitAnd"
  | "FloorDiv";
export interface BinOp extends NodeBase {
  kind: "BinOp";
  left: Expr;
  op: Operator;
  right: Expr;
  opStart: number;
}
export interface UnaryOp extends NodeBase {
  kind: "UnaryOp";
  op: "Invert" | "Not" | "UAdd" | "USub";
  operand: Expr;
}
export interface Lambda extends NodeBase {
  kind: "Lambda";
  args: Arguments;
  body: Expr;
}
export interface IfExp extends NodeBase {
  kind: "IfExp";
  test: Expr;
  body: Expr;
  orelse: Expr;
}
/** A null key is a `**mapping` item. */
export interface Dict extends NodeBase {
  kind: "Dict";
  keys: (Expr | null)[];
  values: Expr[];
}
export interface Set extends NodeBase {
  kind: "Set";
  elts: Expr[];
}
export interface ListComp extends NodeBase {
  kind: "ListComp" | "SetComp" | "GeneratorExp";
  elt: Expr;
  generators: Comprehension[];
}
export interface DictComp extends NodeBase {
  kind: "DictComp";
  key: Expr;
  value: Expr;
  generators: Comprehension[];
}
export interface Await extends NodeBase {
  kind: "Await";
  value: Expr;
}
export interface Yield extends NodeBase {
  kind: "Yield";
  value: Expr | null;
}
export interface YieldFrom extends NodeBase {
  kind: "YieldFrom";
  value: Expr;
}
export type CmpOp = "Eq" | "NotEq" | "Lt" | "LtE" | "Gt" | "GtE" | "Is" | "IsNot" | "In" | "NotIn";
export interface Compare extends NodeBase {
  kind: "Compare";
  left: Expr;
  ops: CmpOp[];
  comparators: Expr[];
}
export interface Call extends NodeBase {
  kind: "Call";
  func: Expr;
  args: Expr[];
  keywords: Keyword[];
}
export interface FormattedValue extends NodeBase {
  kind: "FormattedValue";
  value: Expr;
  /** -1 none, 115 `!s`, 114 `!r`, 97 `!a`. */
  conversion: number;
  format_spec: JoinedStr | null;
}
export interface JoinedStr extends NodeBase {
  kind: "JoinedStr";
  values: Expr[];
}

/** Literal values; ints are number while safe and bigint beyond. */
export type ConstantValue =
  | { type: "none" }
  | { type: "bool"; value: boolean }
  | { type: "ellipsis" }
  | { type: "int"; value: number | bigint }
  | { type: "float"; value: number }
  | { type: "complex"; value: number }
  | { type: "str"; value: string }
  | { type: "bytes"; value: Uint8Array };
export interface Constant extends NodeBase {
  kind: "Constant";
  value: ConstantValue;
}

export interface Attribute extends NodeBase {
  kind: "Attribute";
  value: Expr;
  attr: string;
  attrStart: number;
}
export interface Subscript extends NodeBase {
  kind: "Subscript";
  value: Expr;
  slice: Expr;
}
export interface Starred extends NodeBase {
  kind: "Starred";
  value: Expr;
}
export interface Name extends NodeBase {
  kind: "Name";
  id: string;
}
export interface List extends NodeBase {
  kind: "List";
  elts: Expr[];
}
/** The range includes the parentheses when there are any, as in CPython. */
export interface Tuple extends NodeBase {
  kind: "Tuple";
  elts: Expr[];
  parenthesized: boolean;
}
export interface Slice extends NodeBase {
  kind: "Slice";
  lower: Expr | null;
  upper: Expr | null;
  step: Expr | null;
}

export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | Set
  | ListComp
  | DictComp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | JoinedStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;

// --- Parts ---

export interface Comprehension extends NodeBase {
  kind: "comprehension";
  target: Expr;
  iter: Expr;
  ifs: Expr[];
  is_async: boolean;
}
export interface ExceptHandler extends NodeBase {
  kind: "ExceptHandler";
  type: Expr | null;
  name: string | null;
  body: Stmt[];
}
export interface Arguments extends NodeBase {
  kind: "arguments";
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kw_defaults: (Expr | null)[];
  kwarg: Arg | null;
  /** Defaults of the last positional parameters (positional-only ones included). */
  defaults: Expr[];
}
export interface Arg extends NodeBase {
  kind: "arg";
  arg: string;
  annotation: Expr | null;
}
/** A null `arg` is `**value`. */
export interface Keyword extends NodeBase {
  kind: "keyword";
  arg: string | null;
  value: Expr;
}
export interface Alias extends NodeBase {
  kind: "alias";
  name: string;
  asname: string | null;
}
export interface WithItem extends NodeBase {
  kind: "withitem";
  context_expr: Expr;
  optional_vars: Expr | null;
}
export interface MatchCase extends NodeBase {
  kind: "match_case";
  pattern: Pattern;
  guard: Expr | null;
  body: Stmt[];
}

export type Pattern =
  | (NodeBase & { kind: "MatchValue"; value: Expr })
  | (NodeBase & { kind: "MatchSingleton"; value: ConstantValue })
  | (NodeBase & { kind: "MatchSequence"; patterns: Pattern[] })
  | (NodeBase & { kind: "MatchMapping"; keys: Expr[]; patterns: Pattern[]; rest: string | null })
  | (NodeBase & {
    kind: "MatchClass";
    cls: Expr;
    patterns: Pattern[];
    kwd_attrs: string[];
    kwd_patterns: Pattern[];
  })
  | (NodeBase & { kind: "MatchStar"; name: string | null })
  | (NodeBase & { kind: "MatchAs"; pattern: Pattern | null; name: string | null })
  | (NodeBase & { kind: "MatchOr"; patterns: Pattern[] });

export interface TypeParam extends NodeBase {
  kind: "TypeVar" | "ParamSpec" | "TypeVarTuple";
  name: string;
  bound: Expr | null;
}
