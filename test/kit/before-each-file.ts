import "reflect-metadata"; // type-graphql's decorators need it before the first class is loaded
import { resetSerials } from "./serial-numbers.ts";

resetSerials();
