import type { CameraPower } from '../../contracts/camera-power.js';
import type { OrderAnswer } from '../../contracts/hal-fault.js';
import type { HostHal } from '../../contracts/hal.js';

/** A camera whose pictures come to the host, whereas its power is switched and sensed at the board. */
export interface HostCamera extends Pick<HostHal, 'cameraFrames' | 'recorder'> {
  /** What the board senses, at each report; the same again changes nothing. */
  setPowered(powered: boolean): void;
  /** No frame comes any more. Resolves once whatever ran for the camera is gone. */
  close(): Promise<void>;
}

/** The camera's power, of which the host's camera hears too. */
export class SharedCameraPower implements CameraPower {
  private readonly power: CameraPower;
  private readonly camera: HostCamera;

  constructor(power: CameraPower, camera: HostCamera) {
    this.power = power;
    this.camera = camera;
    power.watch((powered) => camera.setPowered(powered));
  }

  switchOn(): OrderAnswer {
    return this.power.switchOn();
  }

  switchOff(): OrderAnswer {
    return this.power.switchOff();
  }

  watch(listener: (powered: boolean) => void): void {
    this.power.watch((powered) => {
      this.camera.setPowered(powered);
      listener(powered);
    });
  }
}
