/** Operators that PyTorch refuses on complex tensors, with what it says: kernels here would meet numbers without an order. */
import { type PythonErrorName, RuntimeFault } from "../core/errors.ts";
import { isComplexType } from "../core/scalar_type.ts";
import { Tensor } from "../core/tensor.ts";
import { typeName } from "./reference/promotion.ts";

/** Kernels of PyTorch that name themselves: `"max_all" not implemented for 'ComplexFloat'`. */
const KERNELS =
  `max=max_all min=min_all amax=max_values_cpu amin=min_values_cpu aminmax=aminmax_cpu median=median_cpu
nanmedian=median_cpu median.dim=median_out nanmedian.dim=median_out mode=mode_cpu kthvalue=kthvalue_cpu cummax=cummax_cpu
cummin=cummin_cpu frac=frac_cpu round=round_vml_cpu round.decimals=round_cpu lgamma=lgamma_vml_cpu digamma=digamma
erf=erf_vml_cpu erfc=erfc_vml_cpu erfinv=erfinv_vml_cpu logit=logit_cpu histc=aminmax_cpu _unique2=unique
unique_consecutive=unique unique_dim=unique_dim bincount=bincount_cpu gelu=GeluKernelImpl elu=elu_cpu selu=elu_cpu
celu=elu_cpu leaky_relu=leaky_relu_cpu rrelu=leaky_relu_cpu softplus=softplus_cpu mish=mish_cpu i0=i0_vml_cpu
hardsigmoid=hardsigmoid_cpu hardswish=hardswish_cpu hardshrink=hardshrink_cpu softshrink=softshrink_check
threshold=threshold_cpu glu=glu_cpu prelu=prelu_cpu log_sigmoid=log_sigmoid_cpu bucketize=searchsorted_out_cpu
searchsorted=searchsorted_out_cpu lt=lt_cpu le=le_cpu gt=gt_cpu ge=ge_cpu remainder=remainder_cpu fmod=fmod_cpu
floor_divide=div_floor_cpu atan2=atan2_cpu hypot=hypot_cpu copysign=copysign_cpu nextafter=nextafter_cpu
bitwise_and=bitwise_and_cpu bitwise_or=bitwise_or_cpu bitwise_xor=bitwise_xor_cpu __lshift__=lshift_cpu
__rshift__=rshift_cpu xlogy=xlogy_cpu gcd=gcd_cpu lcm=lcm_cpu logaddexp2=logaddexp2_cpu igamma=igamma_cpu
igammac=igammac_cpu polygamma=trigamma special_erfcx=erfcx_cpu special_i0e=i0e_cpu special_ndtri=ndtri_cpu
special_entr=entr_cpu special_zeta=zeta_cpu avg_pool1d=avg_pool2d avg_pool2d=avg_pool2d max_pool1d=max_pool1d_impl
max_pool2d=max_pool2d max_pool2d_with_indices=max_pool2d layer_norm=LayerNormKernelImpl batch_norm=batch_norm
group_norm=GroupNormKernelImpl nll_loss=nll_loss_out_frame nll_loss_nd=nll_loss_out_frame mse_loss=mse_cpu
histogram=histogramdd random_=random_kernel_cpu bernoulli=bernoulli_tensor_cpu_self_ bernoulli_=bernoulli_scalar_cpu_`;

/** Refusals in words of their own. */
const SENTENCES: Readonly<Record<string, readonly [PythonErrorName, string]>> = {
  ...sentence("RuntimeError", " Sort does not support complex dtypes on CPU", "sort argsort msort"),
  ...sentence("RuntimeError", " topk does not support complex dtypes on CPU", "topk"),
  ...sentence("RuntimeError", "NAME(): does not support complex input", "argmax argmin max.dim min.dim"),
  ...sentence("RuntimeError", "NAME not implemented for complex tensors.", "maximum minimum fmax fmin"),
  ...sentence("RuntimeError", "maximum not implemented for complex tensors.", "max.other"),
  ...sentence("RuntimeError", "minimum not implemented for complex tensors.", "min.other"),
  ...sentence("RuntimeError", "NAME is not yet implemented for complex tensors.", "heaviside"),
  ...sentence("RuntimeError", "NAME does not support complex inputs.", "isposinf isneginf"),
  ...sentence("RuntimeError", "NAME is not supported for complex tensors.", "deg2rad rad2deg"),
  ...sentence("RuntimeError", "nansum on CPU does not support complex inputs", "nansum nanmean"),
  ...sentence("RuntimeError", "torch.frexp() only supports floating-point dtypes", "frexp"),
  ...sentence("RuntimeError", "quantile() input tensor must be either float or double dtype", "quantile"),
  ...sentence("NotImplementedError", "NAME is not supported for complex inputs", "floor ceil trunc"),
  ...sentence(
    "NotImplementedError",
    "clamp is not supported for complex types",
    "clamp clamp_min clamp_max relu relu6 hardtanh",
  ),
  ...sentence("NotImplementedError", "signbit is not implemented for complex tensors.", "signbit"),
  ...sentence(
    "NotImplementedError",
    "Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead.",
    "sign",
  ),
};

function sentence(
  kind: PythonErrorName,
  text: string,
  names: string,
): Record<string, readonly [PythonErrorName, string]> {
  return Object.fromEntries(
    names.split(" ").map((n) => [n, [kind, text.replace("NAME", n.split(".")[0])] as const]),
  );
}

let kernels: Map<string, string> | null = null;

function find(name: string, overload: string): ((t: Tensor) => RuntimeFault) | undefined {
  kernels ??= new Map(KERNELS.split(/\s+/).map((line) => line.split("=") as [string, string]));
  for (const key of [`${name}.${overload}`, name]) {
    // A name alone stands for every overload but those named with theirs.
    if (Object.hasOwn(SENTENCES, key)) return () => new RuntimeFault(SENTENCES[key][0], SENTENCES[key][1]);
    const kernel = kernels.get(key);
    if (kernel !== undefined) {
      return (t) =>
        new RuntimeFault(
          "NotImplementedError",
          `"${kernel}" not implemented for '${typeName(t.scalarType)}'`,
        );
    }
  }
  return undefined;
}

/** How an operator refuses a complex first operand; undefined when it takes one. */
export function complexRefusal(
  name: string,
  overload: string,
): ((v: unknown) => RuntimeFault | undefined) | undefined {
  const plain = name.slice(name.indexOf("::") + 2);
  const refuse = find(plain, overload) ?? find(plain.replace(/([^_])_$/, "$1"), overload);
  if (refuse === undefined) return undefined;
  return (v) => v instanceof Tensor && isComplexType(v.scalarType) ? refuse(v) : undefined;
}
