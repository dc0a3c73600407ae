/**
 * The Python files of the torch package, as text, by module name. The host parses one when it is imported.
 * tests/nn/sources_test.ts checks that every file of this folder is in the table.
 */

import autogradPackageSource from "./autograd/__init__.py" with { type: "text" };
import autogradAnomalyModeSource from "./autograd/anomaly_mode.py" with { type: "text" };
import autogradForwardAdSource from "./autograd/forward_ad.py" with { type: "text" };
import autogradFunctionSource from "./autograd/function.py" with { type: "text" };
import autogradFunctionalSource from "./autograd/functional.py" with { type: "text" };
import autogradGradModeSource from "./autograd/grad_mode.py" with { type: "text" };
import autogradGradcheckSource from "./autograd/gradcheck.py" with { type: "text" };
import autogradGraphSource from "./autograd/graph.py" with { type: "text" };
import jitInternalSource from "./_jit_internal.py" with { type: "text" };
import jitTypesSource from "./_jit_types.py" with { type: "text" };
import tensorSource from "./_tensor.py" with { type: "text" };
import utilsSource from "./_utils.py" with { type: "text" };
import weightsOnlySource from "./_weights_only_unpickler.py" with { type: "text" };
import backendsPackageSource from "./backends/__init__.py" with { type: "text" };
import backendsCudaSource from "./backends/cuda.py" with { type: "text" };
import backendsCudnnSource from "./backends/cudnn.py" with { type: "text" };
import backendsMhaSource from "./backends/mha.py" with { type: "text" };
import backendsMkldnnSource from "./backends/mkldnn.py" with { type: "text" };
import backendsMpsSource from "./backends/mps.py" with { type: "text" };
import compilerPackageSource from "./compiler/__init__.py" with { type: "text" };
import functionsPackageSource from "./_functions/__init__.py" with { type: "text" };
import functionsDecompositionsSource from "./_functions/decompositions.py" with { type: "text" };
import functionsNormsSource from "./_functions/norms.py" with { type: "text" };
import functionsProductsSource from "./_functions/products.py" with { type: "text" };
import functionsUniquenessSource from "./_functions/uniqueness.py" with { type: "text" };
import functionalSource from "./functional.py" with { type: "text" };
import jitPackageSource from "./jit/__init__.py" with { type: "text" };
import jitDisabledSource from "./jit/_disabled.py" with { type: "text" };
import jitFreezeSource from "./jit/_freeze.py" with { type: "text" };
import jitFusionSource from "./jit/_fusion.py" with { type: "text" };
import jitFrontendSource from "./jit/frontend.py" with { type: "text" };
import jitGradModeSource from "./jit/_grad_mode.py" with { type: "text" };
import jitMobileSource from "./jit/mobile.py" with { type: "text" };
import jitScriptSource from "./jit/_script.py" with { type: "text" };
import jitTraceSource from "./jit/_trace.py" with { type: "text" };
import nnPackageSource from "./nn/__init__.py" with { type: "text" };
import nnFunctionalPackageSource from "./nn/_functional/__init__.py" with { type: "text" };
import nnFunctionalActivationSource from "./nn/_functional/activation.py" with { type: "text" };
import nnFunctionalAttentionSource from "./nn/_functional/attention.py" with { type: "text" };
import nnFunctionalDropoutSource from "./nn/_functional/dropout.py" with { type: "text" };
import nnFunctionalLossSource from "./nn/_functional/loss.py" with { type: "text" };
import nnFunctionalMarginLossSource from "./nn/_functional/margin_loss.py" with { type: "text" };
import nnFunctionalMaxPoolingSource from "./nn/_functional/max_pooling.py" with { type: "text" };
import nnFunctionalNormalizationSource from "./nn/_functional/normalization.py" with { type: "text" };
import nnFunctionalPaddingSource from "./nn/_functional/padding.py" with { type: "text" };
import nnFunctionalPoolingSource from "./nn/_functional/pooling.py" with { type: "text" };
import nnFunctionalRegressionLossSource from "./nn/_functional/regression_loss.py" with { type: "text" };
import nnFunctionalSoftmaxSource from "./nn/_functional/softmax.py" with { type: "text" };
import nnFunctionalSparseSource from "./nn/_functional/sparse.py" with { type: "text" };
import nnFunctionalUpsamplingSource from "./nn/_functional/upsampling.py" with { type: "text" };
import nnFunctionalVisionSource from "./nn/_functional/vision.py" with { type: "text" };
import nnReductionSource from "./nn/_reduction.py" with { type: "text" };
import nnCommonTypesSource from "./nn/common_types.py" with { type: "text" };
import nnFunctionalSource from "./nn/functional.py" with { type: "text" };
import nnInitSource from "./nn/init.py" with { type: "text" };
import nnModulesPackageSource from "./nn/modules/__init__.py" with { type: "text" };
import nnModulesAttentionSource from "./nn/modules/_attention.py" with { type: "text" };
import nnModulesBackwardHooksSource from "./nn/modules/_backward_hooks.py" with { type: "text" };
import nnModulesConvTransposeSource from "./nn/modules/_conv_transpose.py" with { type: "text" };
import nnModulesModuleConvertSource from "./nn/modules/_module_convert.py" with { type: "text" };
import nnModulesModuleHooksSource from "./nn/modules/_module_hooks.py" with { type: "text" };
import nnModulesModuleStateSource from "./nn/modules/_module_state.py" with { type: "text" };
import nnModulesParameterContainersSource from "./nn/modules/_parameter_containers.py" with { type: "text" };
import nnModulesRnnBaseSource from "./nn/modules/_rnn_base.py" with { type: "text" };
import nnModulesRnnCellsSource from "./nn/modules/_rnn_cells.py" with { type: "text" };
import nnModulesTransformerLayersSource from "./nn/modules/_transformer_layers.py" with { type: "text" };
import nnModulesAdaptiveSource from "./nn/modules/adaptive.py" with { type: "text" };
import nnModulesActivationSource from "./nn/modules/activation.py" with { type: "text" };
import nnModulesBatchnormSource from "./nn/modules/batchnorm.py" with { type: "text" };
import nnModulesChannelshuffleSource from "./nn/modules/channelshuffle.py" with { type: "text" };
import nnModulesContainerSource from "./nn/modules/container.py" with { type: "text" };
import nnModulesConvSource from "./nn/modules/conv.py" with { type: "text" };
import nnModulesDistanceSource from "./nn/modules/distance.py" with { type: "text" };
import nnModulesDropoutSource from "./nn/modules/dropout.py" with { type: "text" };
import nnModulesFlattenSource from "./nn/modules/flatten.py" with { type: "text" };
import nnModulesFoldSource from "./nn/modules/fold.py" with { type: "text" };
import nnModulesInstancenormSource from "./nn/modules/instancenorm.py" with { type: "text" };
import nnModulesLazySource from "./nn/modules/lazy.py" with { type: "text" };
import nnModulesLinearSource from "./nn/modules/linear.py" with { type: "text" };
import nnModulesLossSource from "./nn/modules/loss.py" with { type: "text" };
import nnModulesModuleSource from "./nn/modules/module.py" with { type: "text" };
import nnModulesNormalizationSource from "./nn/modules/normalization.py" with { type: "text" };
import nnModulesPaddingSource from "./nn/modules/padding.py" with { type: "text" };
import nnModulesPixelshuffleSource from "./nn/modules/pixelshuffle.py" with { type: "text" };
import nnModulesPoolingSource from "./nn/modules/pooling.py" with { type: "text" };
import nnModulesRnnSource from "./nn/modules/rnn.py" with { type: "text" };
import nnModulesSparseSource from "./nn/modules/sparse.py" with { type: "text" };
import nnModulesTransformerSource from "./nn/modules/transformer.py" with { type: "text" };
import nnModulesUpsamplingSource from "./nn/modules/upsampling.py" with { type: "text" };
import nnModulesUtilsSource from "./nn/modules/utils.py" with { type: "text" };
import nnParameterSource from "./nn/parameter.py" with { type: "text" };
import nnUtilsPackageSource from "./nn/utils/__init__.py" with { type: "text" };
import nnUtilsClipGradSource from "./nn/utils/clip_grad.py" with { type: "text" };
import nnUtilsConvertParametersSource from "./nn/utils/convert_parameters.py" with { type: "text" };
import nnUtilsFusionSource from "./nn/utils/fusion.py" with { type: "text" };
import nnUtilsInitSource from "./nn/utils/init.py" with { type: "text" };
import nnUtilsRnnSource from "./nn/utils/rnn.py" with { type: "text" };
import nnUtilsSpectralNormSource from "./nn/utils/spectral_norm.py" with { type: "text" };
import nnUtilsWeightNormSource from "./nn/utils/weight_norm.py" with { type: "text" };
import optimPackageSource from "./optim/__init__.py" with { type: "text" };
import optimAdagradSource from "./optim/adagrad.py" with { type: "text" };
import optimAdamSource from "./optim/adam.py" with { type: "text" };
import optimLrSchedulerSource from "./optim/lr_scheduler.py" with { type: "text" };
import optimOptimizerSource from "./optim/optimizer.py" with { type: "text" };
import optimRmspropSource from "./optim/rmsprop.py" with { type: "text" };
import optimSgdSource from "./optim/sgd.py" with { type: "text" };
import randomSource from "./random.py" with { type: "text" };
import serializationSource from "./serialization.py" with { type: "text" };
import storageSource from "./storage.py" with { type: "text" };
import testingSource from "./testing.py" with { type: "text" };
import typesSource from "./types.py" with { type: "text" };
import utilsPackageSource from "./utils/__init__.py" with { type: "text" };
import utilsBackendRegistrationSource from "./utils/backend_registration.py" with { type: "text" };
import utilsHooksSource from "./utils/hooks.py" with { type: "text" };

/** One Python file of the torch package. */
export interface TorchSource {
  readonly source: string;
  /** Where it lies, in this folder. */
  readonly path: string;
  /**
   * The file its code is shown to come from, in source places and tracebacks: torch/<shownAs>. PyTorch
   * keeps in one file what stands here in several; those set `__name__` to that file's module.
   */
  readonly shownAs: string;
  readonly isPackage: boolean;
}

const file = (source: string, path: string, shownAs = path): TorchSource => ({
  source,
  path,
  shownAs,
  isPackage: path.endsWith("__init__.py"),
});

/** Module name to file. `torch` itself and `torch._C` are native and not in the table. */
export const torchSources: ReadonlyMap<string, TorchSource> = new Map([
  ["torch._jit_internal", file(jitInternalSource, "_jit_internal.py")],
  ["torch._jit_types", file(jitTypesSource, "_jit_types.py")],
  ["torch._tensor", file(tensorSource, "_tensor.py")],
  ["torch._weights_only_unpickler", file(weightsOnlySource, "_weights_only_unpickler.py")],
  ["torch._utils", file(utilsSource, "_utils.py")],
  ["torch.autograd", file(autogradPackageSource, "autograd/__init__.py")],
  ["torch.autograd.anomaly_mode", file(autogradAnomalyModeSource, "autograd/anomaly_mode.py")],
  ["torch.autograd.forward_ad", file(autogradForwardAdSource, "autograd/forward_ad.py")],
  ["torch.autograd.function", file(autogradFunctionSource, "autograd/function.py")],
  ["torch.autograd.functional", file(autogradFunctionalSource, "autograd/functional.py")],
  ["torch.autograd.grad_mode", file(autogradGradModeSource, "autograd/grad_mode.py")],
  ["torch.autograd.gradcheck", file(autogradGradcheckSource, "autograd/gradcheck.py")],
  ["torch.autograd.graph", file(autogradGraphSource, "autograd/graph.py")],
  ["torch.backends", file(backendsPackageSource, "backends/__init__.py")],
  ["torch.backends.cuda", file(backendsCudaSource, "backends/cuda.py")],
  ["torch.backends.cudnn", file(backendsCudnnSource, "backends/cudnn.py")],
  ["torch.backends.mha", file(backendsMhaSource, "backends/mha.py")],
  ["torch.backends.mkldnn", file(backendsMkldnnSource, "backends/mkldnn.py")],
  ["torch.backends.mps", file(backendsMpsSource, "backends/mps.py")],
  ["torch.compiler", file(compilerPackageSource, "compiler/__init__.py")],
  ["torch.nn", file(nnPackageSource, "nn/__init__.py")],
  ["torch.nn._functional", file(nnFunctionalPackageSource, "nn/_functional/__init__.py")],
  [
    "torch.nn._functional.activation",
    file(nnFunctionalActivationSource, "nn/_functional/activation.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.attention",
    file(nnFunctionalAttentionSource, "nn/_functional/attention.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.dropout",
    file(nnFunctionalDropoutSource, "nn/_functional/dropout.py", "nn/functional.py"),
  ],
  ["torch.nn._functional.loss", file(nnFunctionalLossSource, "nn/_functional/loss.py", "nn/functional.py")],
  [
    "torch.nn._functional.margin_loss",
    file(nnFunctionalMarginLossSource, "nn/_functional/margin_loss.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.max_pooling",
    file(nnFunctionalMaxPoolingSource, "nn/_functional/max_pooling.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.normalization",
    file(nnFunctionalNormalizationSource, "nn/_functional/normalization.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.padding",
    file(nnFunctionalPaddingSource, "nn/_functional/padding.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.pooling",
    file(nnFunctionalPoolingSource, "nn/_functional/pooling.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.regression_loss",
    file(nnFunctionalRegressionLossSource, "nn/_functional/regression_loss.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.softmax",
    file(nnFunctionalSoftmaxSource, "nn/_functional/softmax.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.sparse",
    file(nnFunctionalSparseSource, "nn/_functional/sparse.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.upsampling",
    file(nnFunctionalUpsamplingSource, "nn/_functional/upsampling.py", "nn/functional.py"),
  ],
  [
    "torch.nn._functional.vision",
    file(nnFunctionalVisionSource, "nn/_functional/vision.py", "nn/functional.py"),
  ],
  ["torch.nn._reduction", file(nnReductionSource, "nn/_reduction.py")],
  ["torch.nn.common_types", file(nnCommonTypesSource, "nn/common_types.py")],
  ["torch.nn.functional", file(nnFunctionalSource, "nn/functional.py")],
  ["torch.nn.init", file(nnInitSource, "nn/init.py")],
  ["torch.nn.modules", file(nnModulesPackageSource, "nn/modules/__init__.py")],
  [
    "torch.nn.modules._attention",
    file(nnModulesAttentionSource, "nn/modules/_attention.py", "nn/modules/activation.py"),
  ],
  [
    "torch.nn.modules._backward_hooks",
    file(nnModulesBackwardHooksSource, "nn/modules/_backward_hooks.py", "nn/modules/module.py"),
  ],
  [
    "torch.nn.modules._conv_transpose",
    file(nnModulesConvTransposeSource, "nn/modules/_conv_transpose.py", "nn/modules/conv.py"),
  ],
  [
    "torch.nn.modules._module_convert",
    file(nnModulesModuleConvertSource, "nn/modules/_module_convert.py", "nn/modules/module.py"),
  ],
  [
    "torch.nn.modules._module_hooks",
    file(nnModulesModuleHooksSource, "nn/modules/_module_hooks.py", "nn/modules/module.py"),
  ],
  [
    "torch.nn.modules._module_state",
    file(nnModulesModuleStateSource, "nn/modules/_module_state.py", "nn/modules/module.py"),
  ],
  [
    "torch.nn.modules._parameter_containers",
    file(
      nnModulesParameterContainersSource,
      "nn/modules/_parameter_containers.py",
      "nn/modules/container.py",
    ),
  ],
  [
    "torch.nn.modules._rnn_base",
    file(nnModulesRnnBaseSource, "nn/modules/_rnn_base.py", "nn/modules/rnn.py"),
  ],
  [
    "torch.nn.modules._rnn_cells",
    file(nnModulesRnnCellsSource, "nn/modules/_rnn_cells.py", "nn/modules/rnn.py"),
  ],
  [
    "torch.nn.modules._transformer_layers",
    file(nnModulesTransformerLayersSource, "nn/modules/_transformer_layers.py", "nn/modules/transformer.py"),
  ],
  ["torch.nn.modules.adaptive", file(nnModulesAdaptiveSource, "nn/modules/adaptive.py")],
  ["torch.nn.modules.activation", file(nnModulesActivationSource, "nn/modules/activation.py")],
  ["torch.nn.modules.batchnorm", file(nnModulesBatchnormSource, "nn/modules/batchnorm.py")],
  ["torch.nn.modules.channelshuffle", file(nnModulesChannelshuffleSource, "nn/modules/channelshuffle.py")],
  ["torch.nn.modules.container", file(nnModulesContainerSource, "nn/modules/container.py")],
  ["torch.nn.modules.conv", file(nnModulesConvSource, "nn/modules/conv.py")],
  ["torch.nn.modules.distance", file(nnModulesDistanceSource, "nn/modules/distance.py")],
  ["torch.nn.modules.dropout", file(nnModulesDropoutSource, "nn/modules/dropout.py")],
  ["torch.nn.modules.flatten", file(nnModulesFlattenSource, "nn/modules/flatten.py")],
  ["torch.nn.modules.fold", file(nnModulesFoldSource, "nn/modules/fold.py")],
  ["torch.nn.modules.instancenorm", file(nnModulesInstancenormSource, "nn/modules/instancenorm.py")],
  ["torch.nn.modules.lazy", file(nnModulesLazySource, "nn/modules/lazy.py")],
  ["torch.nn.modules.linear", file(nnModulesLinearSource, "nn/modules/linear.py")],
  ["torch.nn.modules.loss", file(nnModulesLossSource, "nn/modules/loss.py")],
  ["torch.nn.modules.module", file(nnModulesModuleSource, "nn/modules/module.py")],
  ["torch.nn.modules.normalization", file(nnModulesNormalizationSource, "nn/modules/normalization.py")],
  ["torch.nn.modules.padding", file(nnModulesPaddingSource, "nn/modules/padding.py")],
  ["torch.nn.modules.pixelshuffle", file(nnModulesPixelshuffleSource, "nn/modules/pixelshuffle.py")],
  ["torch.nn.modules.pooling", file(nnModulesPoolingSource, "nn/modules/pooling.py")],
  ["torch.nn.modules.rnn", file(nnModulesRnnSource, "nn/modules/rnn.py")],
  ["torch.nn.modules.sparse", file(nnModulesSparseSource, "nn/modules/sparse.py")],
  ["torch.nn.modules.transformer", file(nnModulesTransformerSource, "nn/modules/transformer.py")],
  ["torch.nn.modules.upsampling", file(nnModulesUpsamplingSource, "nn/modules/upsampling.py")],
  ["torch.nn.modules.utils", file(nnModulesUtilsSource, "nn/modules/utils.py")],
  ["torch.nn.parameter", file(nnParameterSource, "nn/parameter.py")],
  ["torch.nn.utils", file(nnUtilsPackageSource, "nn/utils/__init__.py")],
  ["torch.nn.utils.clip_grad", file(nnUtilsClipGradSource, "nn/utils/clip_grad.py")],
  [
    "torch.nn.utils.convert_parameters",
    file(nnUtilsConvertParametersSource, "nn/utils/convert_parameters.py"),
  ],
  ["torch.nn.utils.fusion", file(nnUtilsFusionSource, "nn/utils/fusion.py")],
  ["torch.nn.utils.init", file(nnUtilsInitSource, "nn/utils/init.py")],
  ["torch.nn.utils.rnn", file(nnUtilsRnnSource, "nn/utils/rnn.py")],
  ["torch.nn.utils.spectral_norm", file(nnUtilsSpectralNormSource, "nn/utils/spectral_norm.py")],
  ["torch.nn.utils.weight_norm", file(nnUtilsWeightNormSource, "nn/utils/weight_norm.py")],
  ["torch.optim", file(optimPackageSource, "optim/__init__.py")],
  ["torch.optim.adagrad", file(optimAdagradSource, "optim/adagrad.py")],
  ["torch.optim.adam", file(optimAdamSource, "optim/adam.py")],
  ["torch.optim.lr_scheduler", file(optimLrSchedulerSource, "optim/lr_scheduler.py")],
  ["torch.optim.optimizer", file(optimOptimizerSource, "optim/optimizer.py")],
  ["torch.optim.rmsprop", file(optimRmspropSource, "optim/rmsprop.py")],
  ["torch.optim.sgd", file(optimSgdSource, "optim/sgd.py")],
  ["torch._functions", file(functionsPackageSource, "_functions/__init__.py")],
  [
    "torch._functions.decompositions",
    file(functionsDecompositionsSource, "_functions/decompositions.py", "functional.py"),
  ],
  ["torch._functions.norms", file(functionsNormsSource, "_functions/norms.py", "functional.py")],
  ["torch._functions.products", file(functionsProductsSource, "_functions/products.py", "functional.py")],
  [
    "torch._functions.uniqueness",
    file(functionsUniquenessSource, "_functions/uniqueness.py", "functional.py"),
  ],
  ["torch.functional", file(functionalSource, "functional.py")],
  ["torch.jit", file(jitPackageSource, "jit/__init__.py")],
  ["torch.jit._freeze", file(jitFreezeSource, "jit/_freeze.py")],
  ["torch.jit._fusion", file(jitFusionSource, "jit/_fusion.py")],
  ["torch.jit.frontend", file(jitFrontendSource, "jit/frontend.py")],
  ["torch.jit.mobile", file(jitMobileSource, "jit/mobile.py")],
  ["torch.jit._disabled", file(jitDisabledSource, "jit/_disabled.py")],
  ["torch.jit._grad_mode", file(jitGradModeSource, "jit/_grad_mode.py")],
  ["torch.jit._script", file(jitScriptSource, "jit/_script.py")],
  ["torch.jit._trace", file(jitTraceSource, "jit/_trace.py")],
  ["torch.random", file(randomSource, "random.py")],
  ["torch.serialization", file(serializationSource, "serialization.py")],
  ["torch.storage", file(storageSource, "storage.py")],
  ["torch.testing", file(testingSource, "testing.py")],
  ["torch.types", file(typesSource, "types.py")],
  ["torch.utils", file(utilsPackageSource, "utils/__init__.py")],
  ["torch.utils.backend_registration", file(utilsBackendRegistrationSource, "utils/backend_registration.py")],
  ["torch.utils.hooks", file(utilsHooksSource, "utils/hooks.py")],
]);
