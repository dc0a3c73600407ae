/** `torch._C._jit_pass_*`: passes over graphs by the names that Python has for them. */
import { NotImplemented, RuntimeFault } from "../../../core/errors.ts";
import type { Graph } from "../../../compiler/ir/graph.ts";
import { verifyGraph } from "../../../compiler/ir/verifier.ts";
import { canonicalize } from "../../../compiler/passes/canonicalize_names.ts";
import { eliminateCommonSubexpression } from "../../../compiler/passes/common_subexpression_elimination.ts";
import { constantPooling } from "../../../compiler/passes/constant_pooling.ts";
import {
  constantPropagation,
  constantPropagationImmutableTypes,
} from "../../../compiler/passes/constant_propagation.ts";
import { eliminateDeadCode } from "../../../compiler/passes/dead_code_elimination.ts";
import { decomposeOps } from "../../../compiler/passes/decompose_ops.ts";
import { eraseShapeInformation } from "../../../compiler/passes/erase_shape_information.ts";
import { foldFrozenLinearBatchnorm } from "../../../compiler/passes/fold_linear_bn.ts";
import { freezeModule } from "../../../compiler/passes/freeze_module.ts";
import {
  foldFrozenConvAddOrSub,
  foldFrozenConvBatchnorm,
  foldFrozenConvMulOrDiv,
} from "../../../compiler/passes/frozen_conv_folding.ts";
import {
  optimizeForInference,
  optimizeFrozenGraph,
} from "../../../compiler/passes/frozen_graph_optimizations.ts";
import { frozenLinearTranspose } from "../../../compiler/passes/frozen_linear_transpose.ts";
import { inline } from "../../../compiler/passes/inliner.ts";
import { unrollConstantLoops, unrollLoops } from "../../../compiler/passes/loop_unrolling.ts";
import { lowerAllTuples } from "../../../compiler/passes/lower_all_tuples.ts";
import { peephole } from "../../../compiler/passes/peephole.ts";
import { peepholeListIdioms } from "../../../compiler/passes/peephole_list_idioms.ts";
import { removeDropout } from "../../../compiler/passes/remove_dropout.ts";
import { removeInplaceOps } from "../../../compiler/passes/remove_inplace_ops.ts";
import { removeListMutation, removeTensorMutation } from "../../../compiler/passes/remove_mutation.ts";
import type { ScriptFunction } from "../../../core/function.ts";
import * as r from "../../runtime/mod.ts";
import { type G, graphType, pyGraph } from "./node_objects.ts";
import { pyObject, PyScriptObject } from "./script_types.ts";

/** Activations that PyTorch takes out of their places before it folds and quantises. */
const ACTIVATIONS = new Set(
  `hardsigmoid_ hardtanh_ hardswish_ relu_ relu6_ leaky_relu_ elu_ celu_ selu_ rrelu_ sigmoid_ silu_ tanh_ clamp_
   threshold_`.split(/\s+/).map((n) => `aten::${n}`),
);

/** Passes of one graph. What they give Python is what PyTorch's give: whether they changed anything, or nothing. */
const OF_GRAPH: Readonly<Record<string, (g: Graph) => boolean | void>> = {
  autocast: withoutAutocast,
  concat_frozen_linear: () => false,
  constant_loop_unrolling: unrollConstantLoops,
  constant_pooling: constantPooling,
  constant_propagation: constantPropagation,
  constant_propagation_immutable_types: constantPropagationImmutableTypes,
  cse: eliminateCommonSubexpression,
  dce: eliminateDeadCode,
  dce_graph: eliminateDeadCode,
  decompose_ops: decomposeOps,
  erase_shape_information: eraseShapeInformation,
  fold_frozen_conv_add_or_sub: foldFrozenConvAddOrSub,
  fold_frozen_conv_bn: foldFrozenConvBatchnorm,
  fold_frozen_conv_mul_or_div: foldFrozenConvMulOrDiv,
  fold_frozen_linear_bn: foldFrozenLinearBatchnorm,
  fuse_frozen_conv_add_relu: () => {},
  inline: (g) => inline(g, "print"),
  inplace_to_functional_activation: (g) => removeTensorMutation(g, (n) => ACTIVATIONS.has(n.kind)),
  lint: (g) => verifyGraph(g),
  loop_unrolling: unrollLoops,
  lower_all_tuples: lowerAllTuples,
  remove_inplace_ops: removeInplaceOps,
  remove_mutation: (g) => {
    // What became of lists, PyTorch does not tell.
    removeListMutation(g);
    return removeTensorMutation(g);
  },
  transpose_frozen_linear: frozenLinearTranspose,
};

/** Names of PyTorch's that are not here; calling one says so. */
const ABSENT = `batch_mm canonicalize_graph_fuser_ops complete_shape_analysis convert_frozen_ops_to_mkldnn
  create_autodiff_subgraphs create_functional_graphs custom_pattern_based_rewrite custom_pattern_based_rewrite_graph
  dbr_quant_remove_redundant_aliases dce_allow_deleting_nodes_with_side_effects dedup_module_uses erase_number_types
  filter_non_tensor_arguments fixup_onnx_controlflow_node fold_convbn fold_prepacking_ops functional_to_inplace_activation
  fuse fuse_add_relu fuse_addmm fuse_clamp_w_prepacked_linear_conv fuse_linear fuse_quantized_add_relu fuse_tensorexprs
  inline_fork_wait inline_functional_graphs insert_observer_method_for_ondevice_ptq insert_observers insert_prepack_unpack
  insert_prepacked_ops insert_quant_dequant insert_quant_dequant_for_ondevice_ptq integer_value_refinement lower_graph
  metal_fold_prepacking_ops metal_fuse_clamp_w_prepacked_conv metal_insert_prepacked_ops metal_optimize_for_mobile onnx
  onnx_assign_output_shape onnx_assign_scoped_names_for_node_and_value onnx_autograd_function_process onnx_block
  onnx_cast_all_constant_to_floating onnx_clear_scope_records onnx_constant_fold onnx_deduplicate_initializers
  onnx_eliminate_unused_items onnx_eval_peephole onnx_function_extraction onnx_function_substitution
  onnx_graph_shape_type_inference onnx_lint onnx_node_shape_type_inference onnx_peephole onnx_preprocess
  onnx_preprocess_caffe2 onnx_quantization_insert_permutes onnx_remove_inplace_ops_for_onnx onnx_remove_print
  onnx_scalar_type_analysis onnx_set_dynamic_input_shape onnx_track_scope_attributes onnx_unpack_quantized_weights
  optimize_for_mobile pattern_based_rewrite prepare_division_for_onnx propagate_device propagate_dtype
  propagate_shapes_on_graph propagate_shapes_on_graph_and_build_compute quant_finalize quant_finalize_for_ondevice_ptq
  quant_fusion refine_integer_values refine_tuple_types remove_expands replace_old_ops_with_upgraders replicate_dequantize
  run_decompositions specialize_autogradzero swap_functional_linear transform_conv1d_to_conv2d vulkan_fold_prepacking_ops
  vulkan_fuse_clamp_w_prepacked_conv vulkan_insert_prepacked_ops vulkan_optimize_for_mobile`;

/** Without a region of autocast the pass changes nothing; with one it is not there. */
function withoutAutocast(g: Graph): void {
  for (const n of g.allNodes()) {
    if (n.kind === "prim::Enter" && String(n.inputs[0].type).includes("autocast")) {
      throw new NotImplemented("torch._C._jit_pass_autocast on a graph that enters autocast");
    }
  }
}

function graphOf(pass: string, g: r.Value): Graph {
  if (r.typeOf(g) === graphType) return (g as G).inner;
  throw r.typeError(`_jit_pass_${pass}(): expected a torch.Graph, not ${r.typeOf(g).name}`);
}
function objectOf(what: string, m: r.Value): PyScriptObject["object"] {
  if (m instanceof PyScriptObject) return m.object;
  throw r.typeError(`${what}(): expected a ScriptModule's _c, not ${r.typeOf(m).name}`);
}
function forwardOf(m: PyScriptObject["object"], name = "forward"): ScriptFunction | undefined {
  return m.type.methods.get(name);
}

function define(pass: string, signature: string, f: (...args: any[]) => r.Value): [string, r.Value] {
  const name = `_jit_pass_${pass}`;
  return [name, r.fn(name, signature, f)];
}

/** The passes by their names in torch._C, and what freezes. */
export function graphPasses(): Record<string, r.Value> {
  const named = Object.entries(OF_GRAPH).map(([pass, run]) =>
    define(pass, "graph, *args", (g: r.Value) => run(graphOf(pass, g)) ?? null)
  );
  const absent = ABSENT.split(/\s+/).map((pass) =>
    define(pass, "*args, **kwargs", () => {
      throw new NotImplemented(`torch._C._jit_pass_${pass}`);
    })
  );
  return Object.fromEntries([
    ...absent,
    ...named,
    define(
      "canonicalize",
      "graph, keep_unique_names=True",
      (g: r.Value) => pyGraph(canonicalize(graphOf("canonicalize", g))),
    ),
    define(
      "peephole",
      "graph, disable_shape_peepholes=False",
      (g: r.Value, off: r.Value) => peephole(graphOf("peephole", g), off !== true),
    ),
    define("peephole_list_idioms", "graph, refine_list_len=False", (g: r.Value, refine: r.Value) => {
      if (refine === true) {
        throw new NotImplemented("refine_list_len of torch._C._jit_pass_peephole_list_idioms");
      }
      return peepholeListIdioms(graphOf("peephole_list_idioms", g));
    }),
    define("remove_dropout", "module", (m: r.Value) => {
      const module = objectOf("_jit_pass_remove_dropout", m);
      if (module.type.hasAttribute("training") && module.getAttr("training") === true) {
        throw new RuntimeFault(
          "RuntimeError",
          "Dropout removal module in training mode is not yet supported",
        );
      }
      const fn = forwardOf(module);
      if (fn) removeDropout(graphOfFunction(fn));
      return null;
    }),
    define("optimize_frozen_graph", "graph, optimize_numerics=True", (g: r.Value, numerics: r.Value) => {
      optimizeFrozenGraph(graphOf("optimize_frozen_graph", g), numerics !== false);
      return null;
    }),
    define("optimize_for_inference", "module, other_methods=()", (m: r.Value, others: r.Value) => {
      const module = objectOf("_jit_pass_optimize_for_inference", m);
      const frozen = module.type.hasAttribute("training") ? freezeModule(module) : module;
      for (const name of ["forward", ...r.collect(others).map(String)]) {
        const fn = forwardOf(frozen, name);
        if (fn) optimizeForInference(graphOfFunction(fn));
      }
      return null;
    }),
    [
      "_freeze_module",
      r.fn(
        "_freeze_module",
        "module, preservedAttrs=(), freezeInterfaces=True, preserveParameters=False",
        (m: r.Value, preserved: r.Value, interfaces: r.Value, parameters: r.Value) =>
          pyObject(freezeModule(objectOf("_freeze_module", m), {
            preservedAttributes: r.collect(preserved).map(String),
            interfaces: interfaces !== false,
            parameters: parameters === true,
          })),
      ),
    ],
  ]);
}

function graphOfFunction(fn: ScriptFunction): Graph {
  fn.ensureDefined?.();
  return fn.graph as Graph;
}
